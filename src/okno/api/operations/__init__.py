"""The only writers of tokens."""
