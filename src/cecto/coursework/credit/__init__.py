"""What counts and is neither the class's own work nor attendance: make-ups, study recognized, credentials held."""
