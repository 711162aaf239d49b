"""Studies: designed experiments over worlds and policies, run, kept and resumed."""
