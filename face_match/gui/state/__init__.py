"""What the window works with: gallery, model, photo, and their background tasks."""
