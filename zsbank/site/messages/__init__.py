"""Pages of a person's messages, in the portal and at the desk: list, opening, choice of mails. No models."""
