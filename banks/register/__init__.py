"""The register of banks: who they are, where they stand, what they are qualified for."""
