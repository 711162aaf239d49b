"""The science: one behaviour a file, its source cited, pure functions of plain numbers."""
