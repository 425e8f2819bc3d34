"""The API's frame: addresses, errors, paging, schema. No models, no rules."""
