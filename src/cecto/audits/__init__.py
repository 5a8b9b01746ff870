"""A person's ledger put to their definition; exceptions; projections.

Owns: exceptions that offices grant.
Reads: people, programs, classes, ledger, coursework, attendance.
Promises: an audit is computed afresh for any pair of dates (true on, known at) and is never stored here.
"""
