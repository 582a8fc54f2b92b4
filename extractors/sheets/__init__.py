"""Sheets with several pages: split into pages for reading, rejoined for reporting places."""
