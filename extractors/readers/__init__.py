"""One reader a kind of source, all to one Document."""
