"""Models: the registry, downloads, and the sandbox for models from elsewhere."""
