"""Calendar feeds: the sessions of a person or a class at a private address, for phones and calendar programs."""
