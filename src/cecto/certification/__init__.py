"""Decisions that people take on an audit.

Owns: decisions, their signatures, and when they take effect.
Reads: people, programs, classes, attendance, audits.
Promises: nobody is certified past an unmet requirement; a decision holds the audit it was taken on, and is refused if
that audit has changed.
"""
