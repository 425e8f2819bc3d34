"""The register of banks: who they are, their standing, what they are qualified for."""
