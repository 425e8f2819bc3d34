"""The look that portal and desk share: states as word and shape, due dates, the record in words. No models."""
