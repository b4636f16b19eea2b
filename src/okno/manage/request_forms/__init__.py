"""The pages of request forms (F6, F195)."""
