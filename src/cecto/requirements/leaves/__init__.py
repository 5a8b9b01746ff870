"""One module for each way to measure: what of a person's entries counts, what does not and why, what is coming."""
