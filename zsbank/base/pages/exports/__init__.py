"""Lists of the desk as files: one code for all of them."""
