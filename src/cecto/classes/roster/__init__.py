"""Enrolling people from a roster: read the file, show what would happen, do it when that is accepted."""
