"""Persons, organizations, accounts, roles and offices.

Owns: who a person is, where they work and since when, who may sign in and as what.
Reads: foundation.
Promises: one person has one row; roles are held per program and from/until; every rule of access is in `access.py`.
"""
