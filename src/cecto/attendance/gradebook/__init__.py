"""Scores of graded online work, from a Canvas gradebook to work that is accepted.

Owns what each column of a class's gradebook is and the score that is enough; names are remembered as aliases.
Reads the class's people and work; posts by coursework's own action, after a preview, and never twice.
"""
