"""The values a gallery is made of: rows, names, edits and their history."""
