"""Results and definitions in plain sentences."""
