"""The portal of clients: their requests, and the talk with those who work on them."""
