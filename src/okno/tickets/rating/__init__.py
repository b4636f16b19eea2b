"""Ratings: what clients think of a solution, who is asked, when, and what it counts for."""
