"""My account: the addresses that a person proves to be theirs, and the way to how they sign in."""
