"""The demonstration: fictitious banks whose cases are created by the register's own actions."""
