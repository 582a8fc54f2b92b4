"""Tables on pages: heads, columns, drawn lines, and how far a table reaches."""
