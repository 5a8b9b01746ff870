"""Importing a file into a class, of any kind: choose it, look at what it would do, accept exactly that."""
