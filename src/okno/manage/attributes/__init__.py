"""The pages of attributes (F77, F78)."""
