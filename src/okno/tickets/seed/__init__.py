"""The tickets of the demo company, and tickets in bulk."""
