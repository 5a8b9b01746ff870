"""Posted facts about persons: minutes attended, work accepted, verdicts, credentials held.

Owns: activities (what something was) and entries (that it happened to a person).
Reads: people.
Promises: an entry is never edited or removed, only reversed once; posting the same source again changes nothing.
"""
