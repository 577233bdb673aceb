"""The pages of people and of their photos."""
