"""Messages to people: the in-tray is the record, e-mail only points to it."""
