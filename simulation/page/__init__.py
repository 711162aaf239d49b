"""The month in a page: the compiled program for a browser, a world laid out for it, and what shows it."""
