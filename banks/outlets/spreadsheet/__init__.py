"""A submitted spreadsheet as rows of cells, each with what the spreadsheet program made of it."""
