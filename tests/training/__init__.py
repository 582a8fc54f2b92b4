"""Training of the weights in `extractors/rules/weights`."""
