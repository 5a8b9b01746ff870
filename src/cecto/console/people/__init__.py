"""Pages about people: who they are, where they work and study, which roles and offices they hold."""
