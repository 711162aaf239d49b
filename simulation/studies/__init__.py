"""Studies: designed experiments over worlds and policies, which are run, stored and resumed."""
