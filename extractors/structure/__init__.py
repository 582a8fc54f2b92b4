"""From blocks to sections, questions and answers."""
