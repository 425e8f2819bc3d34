"""Journal and register of letters, for officers and auditors."""
