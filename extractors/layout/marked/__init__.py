"""Tables whose cells are known: marked up in the file, or drawn on its pages."""
