"""Awards from before this system: what the program lists, from which source; never audited, never signed."""
