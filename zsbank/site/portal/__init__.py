"""The portal's frame: base pages, task lists, template tags. No models, no rules."""
