"""Measured workloads: `python -m bench`. Everything runs on loopback and ends by itself."""
