"""Who did what, when.

Owns: the journal, a table that only grows.
Reads: nothing.
Promises: `record` writes its row in the caller's transaction, so a write and its journal row stand or fall together.
"""
