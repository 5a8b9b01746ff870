"""The look: layout, components, icons, pictures. Knows no feature."""
