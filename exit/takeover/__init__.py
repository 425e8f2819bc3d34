"""Taking over what is older than this register: entered by one person, confirmed by another."""
