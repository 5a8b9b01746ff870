"""What the public registry may list of an award: the holder's dated word, field by field. Default: nothing."""
