"""Actions: every change of a case is an action, and all actions are carried out here."""
