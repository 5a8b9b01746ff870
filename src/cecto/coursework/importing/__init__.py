"""Bringing the work of a class in from a sheet: shown first, done exactly so, nothing the second time."""
