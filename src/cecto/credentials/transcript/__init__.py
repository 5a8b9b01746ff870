"""The transcript: an award and each requirement it is made of, signed one by one and as a whole (CLR 2.0).

Made when it is first asked for, from the decision's snapshot, and kept; it falls with the version it belongs to.
"""
