"""Messages to people: the in-tray is authoritative, e-mail is a notification."""
