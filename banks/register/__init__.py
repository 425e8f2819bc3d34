"""The register of banks: identity, standing and issuing qualification."""
