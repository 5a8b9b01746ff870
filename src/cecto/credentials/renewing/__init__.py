"""Certificates that end and are renewed, cycle after cycle."""
