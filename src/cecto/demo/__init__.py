"""The demo: the class of 2015-16, all of its people invented, at a moment of its year.

Owns: the story (story/, plain CSV), the files that it produces (files/), the year as a list of dated events (year/).
Reads: every feature.
Promises: everything goes through the imports and actions a user would use, each at its own time in 2015-16; building a
stage twice tells the same facts.
"""
