"""The words of the command line: everything that people read of a command stands in the module of its name."""
