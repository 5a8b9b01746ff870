"""A certificate goes into the holder's wallet app: offered by a link that works once, handed over by VC-API."""
