"""The shape of what people say about attendance. Nothing here saves."""
