"""The portal: base pages, generated case pages, template tags. No models, no rules."""
