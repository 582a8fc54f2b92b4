"""Files that nobody means well with, or that no program foresaw: made anew, never stored."""
