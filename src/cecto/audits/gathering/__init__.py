"""Turns stored rows into the plain facts that the requirement package audits.

Reads only; a constant number of queries.
"""
