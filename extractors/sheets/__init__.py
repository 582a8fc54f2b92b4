"""Sheets of a file that are not simply pages: split into pages to be read, joined to be told."""
