"""Pages of who is in a class, and of someone's leaving, pausing or returning."""
