"""The whole way from a file's bytes to a finished Report."""
