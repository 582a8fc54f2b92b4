"""Page furniture: running heads and feet, footnotes."""
