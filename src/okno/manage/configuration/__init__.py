"""The whole configuration as one file: taken away, and laid over what is here after it was shown what changes."""
