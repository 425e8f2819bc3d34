"""The officers' home: what waits for whom, the most urgent first; figures that open their lists. No models."""
