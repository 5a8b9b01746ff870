"""The story as plain values, read from the CSV files beside: people, sessions, work, and who did not just attend."""
