"""The demonstration: invented banks whose lives are played through the register's own verbs."""
