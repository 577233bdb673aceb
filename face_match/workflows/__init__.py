"""Jobs that join the four packages: match, scan, suggest, review, import, export, evaluate, calibrate."""
