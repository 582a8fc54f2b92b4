"""What an analyst hands on: Excel, CSV, SQLite and JSON files, and the summary with its figures."""
