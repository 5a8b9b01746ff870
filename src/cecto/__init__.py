"""CeCTO: runs a cohort-based certification program and proves every hour. See docs/architecture.md."""
