"""Malicious or pathological files, generated when needed and never stored."""
