"""The writers of the knowledge base."""
