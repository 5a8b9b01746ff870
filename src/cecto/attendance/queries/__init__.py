"""Every read of attendance."""
