"""Setting a determination aside: on reconsideration, by a judgment, or by the bureau itself."""
