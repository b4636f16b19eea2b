"""Ratings in the desk: on the card of a ticket, and all of them on a page for leads."""
