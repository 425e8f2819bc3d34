"""The door: every change of a case is an action, and every action is carried out here."""
