"""Detectors: faces with boxes and landmarks in a photo."""
