"""Web and worker killed at random moments."""

ROUNDS, SEED = "BENCH_ROUNDS", "BENCH_SEED"
"""Variables that tell the test how many rounds there are, and the seed of the moments."""
