"""The API: URLs, errors, pagination, schema. No models, no rules."""
