"""The nouns: what readers, extraction and datasets hold. Imports nothing of ours."""
