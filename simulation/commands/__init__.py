"""The commands of the command line, one a file: arguments in, files and words out."""
