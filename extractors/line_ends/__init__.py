"""How lines meet: lines to running text, with nothing else changed."""
