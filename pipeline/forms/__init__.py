"""Drafting form files, and trying them on reports."""
