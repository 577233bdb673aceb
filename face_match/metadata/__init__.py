"""Names and regions in files that other programs read and write."""
