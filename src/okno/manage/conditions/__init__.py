"""The editor of conditions: a field of forms, what it offers, and the values that are searched for."""
