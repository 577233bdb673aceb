"""Jobs that join the wings: scan, suggest, import, export, evaluate."""
