"""Bringing clients in from CSV and XLSX files: read, named, looked at, written."""
