"""One reader per file type; each produces a Document."""
