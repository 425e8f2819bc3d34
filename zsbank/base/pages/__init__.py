"""Page frames and components shared by the screens of all apps. No models."""
