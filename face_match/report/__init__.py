"""An evaluation as JSON, as sentences, as plots and as a page."""
