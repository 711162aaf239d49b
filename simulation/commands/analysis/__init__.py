"""What the command line says of each analysis of a study, and which figures it draws."""
