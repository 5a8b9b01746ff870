"""Programs and their published definitions.

Owns: which programs this installation runs, and every definition ever published, with its hash.
Reads: requirements (the language), foundation.
Promises: a published definition never changes; publishing the same text again changes nothing.
"""
