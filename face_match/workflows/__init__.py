"""Jobs that join vision, gallery, decision and metadata: match, scan, suggest, review, import, export, evaluate, calibrate."""
