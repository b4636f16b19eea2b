"""Pages of small catalogues in one shape: a list in its order, a form, a switch, deleting with a replacement."""
