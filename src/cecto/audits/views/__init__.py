"""Pages about records: one person's, their exceptions, and what a change of the schedule or the rules would mean."""
