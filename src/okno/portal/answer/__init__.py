"""Pages for links in letters: rating, accepting and resuming without signing in."""
