"""Text dumps: columns laid out with blanks, or a flow of cells."""
