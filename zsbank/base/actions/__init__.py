"""How a case is changed: what every action has in common."""
