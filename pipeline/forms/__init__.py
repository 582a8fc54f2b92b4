"""Work on form files: drafting one, and trying one on reports."""
