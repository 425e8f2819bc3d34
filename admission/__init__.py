"""How a bank comes in: policy editions, the 24 criteria, applications, review, decision."""
