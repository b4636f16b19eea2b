"""Routing rules: their list in order, the form of one, and a trial of all."""
