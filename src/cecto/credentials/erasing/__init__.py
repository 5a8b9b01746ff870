"""Erasing a holder on request: names, addresses, letters, signed content go; codes, hashes, states and counts stay."""
