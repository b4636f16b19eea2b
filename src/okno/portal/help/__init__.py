"""The knowledge base as clients read it, and everybody else as far as its sections are public."""
