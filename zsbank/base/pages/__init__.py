"""Frames and components of which the screens of all apps are made. No models."""
