"""The journal and the register of letters, for officers and auditors."""
