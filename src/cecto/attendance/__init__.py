"""What was seen at a session, and what it comes to in minutes.

Owns: marks, imported reports, whom their names mean, and settlements.
Reads: people, classes, ledger.
Promises: observations are kept as they came; nobody is credited on an unsure name; settling twice posts once.
"""
