"""Text dumps: columns laid out with spaces, or a flow of cells."""
