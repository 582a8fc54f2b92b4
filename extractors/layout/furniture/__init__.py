"""Page furniture: running headers and footers, footnotes."""
