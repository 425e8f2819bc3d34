"""The staff desk: what every page of the web admin shares. No models."""
