"""How a definition is written: YAML with positions, the kinds of value, and the closed vocabulary of keys."""
