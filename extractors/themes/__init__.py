"""Themes in the comments: match keys, tagger, assertion."""
