"""A published copy of the register (`cecto export-public`), taken up after a restore, so that nothing is taken back."""
