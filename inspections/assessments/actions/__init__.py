"""Actions on annual assessments, and on the orders that follow from their results."""
