"""The schedule of a class: sessions, their revisions, and importing them from a sheet."""
