"""Classes (cohorts), enrollments, and the schedule.

Owns: who is in which class and track, which definition a track is held to, and every session with its revisions.
Reads: people, programs.
Promises: the schedule as known at any instant can be asked; importing the same file again changes nothing.
"""
