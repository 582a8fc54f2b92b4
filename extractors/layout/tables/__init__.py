"""Tables on pages: column headers, columns, drawn lines, and how far a table reaches."""
