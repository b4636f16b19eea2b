"""What becomes of a stored letter, step by step: read, authenticate, refuse, match, identify, file."""
