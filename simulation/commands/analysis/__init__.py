"""The rows and figures of each analysis of a study, as `mentorship sensitivity` shows them."""
