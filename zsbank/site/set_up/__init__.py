"""The set-up page of a real register: what is still to be set, and a test mail."""
