"""The year as dated events, each of which does what a user would have done then, by the same imports and actions."""
