"""`svar open`: the datasets of a folder as a local web page, to look at and to correct."""
