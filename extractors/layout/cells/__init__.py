"""The insides of cells: answers, paragraphs, runs of text."""
