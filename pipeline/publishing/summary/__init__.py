"""The summary: one printable HTML file with figures, each with its numbers in a table."""
