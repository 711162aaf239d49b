"""The published patterns: measured in the model, and used to fit its parameters."""
