"""How the files of weights in `extractors/rules/weights` are made."""
