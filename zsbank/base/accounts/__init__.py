"""People, their roles at the bureau, sign-in and second factors."""
