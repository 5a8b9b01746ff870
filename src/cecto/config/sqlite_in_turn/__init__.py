"""Django's SQLite backend, with writers that wait for each other in the order they came (see base.py)."""
