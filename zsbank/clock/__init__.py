"""The clock's runner: sweeps, their results, the heartbeat, and what watches them."""
