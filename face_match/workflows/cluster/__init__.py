"""Scans on a cluster: what runs on the workers, and what asks them. Dask is imported here alone."""
