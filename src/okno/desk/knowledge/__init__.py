"""The knowledge base as employees use it."""
