"""The pages of clients: lists, cards, forms, merging, erasing."""
