"""What is simulated: worlds, policies and parameters, read from TOML files and checked at the door."""
