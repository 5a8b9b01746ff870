"""Changing a class after it has begun: its name, days and track titles; and whether its schedule is complete."""
