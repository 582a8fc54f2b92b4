"""Extraction: bytes in, a Report out. Imports only models."""
