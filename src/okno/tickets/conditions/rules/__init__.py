"""What a condition is, how it is stored, what it says of a value, and when it says nothing new. Pure."""
