"""The doing: batches, datasets and the command line. Imports models and extractors."""
