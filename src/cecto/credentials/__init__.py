"""The signed document of a decision: issue, supersede, revoke, verify.

Owns: signing keys, credentials and their versions, revocations, the status list; recorded awards from before the
system; what holders let the public registry list.
Reads: people, programs, classes, certification.
Promises: a credential exists only for a decision in effect; what was signed is kept byte for byte; revoking flips
page and list together.
"""
