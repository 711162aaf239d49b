"""The month, step by step, over columns: who is asked, in which order, and which column changes."""
