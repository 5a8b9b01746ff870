"""One file that holds an installation: written while it runs, checked without it, restored into an empty home."""
