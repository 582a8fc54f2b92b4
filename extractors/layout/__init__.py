"""From lines, rules and marks on pages to blocks: text, table headers and rows."""
