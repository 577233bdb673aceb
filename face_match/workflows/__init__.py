"""Jobs that join the wings: match, scan, suggest, review, import, export, evaluate, calibrate."""
