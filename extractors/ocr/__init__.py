"""Text recognition: pages that are pictures become pages of lines, as a PDF reader returns them."""
