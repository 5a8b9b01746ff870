"""What a definition must not be published with."""
