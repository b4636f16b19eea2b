"""What the API takes and gives, in types."""
