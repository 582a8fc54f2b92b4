"""`svar open`: a local web page for viewing and correcting the datasets of a folder."""
