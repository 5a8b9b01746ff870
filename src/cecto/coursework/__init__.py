"""Work that is not attendance: assignments, online modules, the best-practice project.

Owns: the items of a class, with planned minutes and due dates.
Reads: people, classes, ledger.
Promises: accepting work and recording a verdict post to the ledger, once, and never more minutes than the item is
worth.
"""
