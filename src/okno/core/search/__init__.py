"""Search without a domain: words of four languages folded and stemmed, and the questions that people type."""
