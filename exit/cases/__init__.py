"""Exit cases."""
