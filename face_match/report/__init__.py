"""What an evaluation found, as a document, as sentences, as plots and as a page."""
