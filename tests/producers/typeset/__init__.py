"""Reports drawn by programs that set pages from a description: typst, LaTeX, pdfmake and others.

All draw one `Story` by one kind of `Look`. A new program is a function from both to bytes, and
lines in `looks.py`.
"""
