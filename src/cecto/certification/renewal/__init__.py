"""Awards that end: until when, what renewal asks, and an officer's signature on a cycle that was met."""
