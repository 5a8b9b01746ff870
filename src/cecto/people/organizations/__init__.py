"""Organizations: the districts that ship with the product, charter schools and partners that are added."""
