"""Example persons: how they are written, and what a definition says of them."""
