"""Forms of complaints, and of the lists of hotlines."""
