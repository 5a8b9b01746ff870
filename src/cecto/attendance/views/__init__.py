"""The pages of a session's attendance, for those who run its class or teach it."""
