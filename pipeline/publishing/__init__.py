"""Files for others to use: Excel, CSV, SQLite and JSON exports, and the summary with figures."""
