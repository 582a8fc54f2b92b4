"""Reports rendered by typesetting programs: Typst, LaTeX, pdfmake and others.

All render one `Story` with one kind of `Look`. A new program is a function from both to bytes, and
lines in `looks.py`.
"""
