"""Rows of a table: where they begin, and rows that page breaks cut."""
