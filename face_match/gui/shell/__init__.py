"""What surrounds the pages of the main window."""
