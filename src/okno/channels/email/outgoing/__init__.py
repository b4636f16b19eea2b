"""Letters that leave: who gets one, what it says, and how it is handed to a mail server."""
