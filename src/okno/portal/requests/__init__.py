"""The requests of a client: list, page, answers, decisions, new ones."""
