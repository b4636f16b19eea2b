"""The demo's outbox: the mailboxes of the clients, and a way to write back, with no mail server anywhere."""
