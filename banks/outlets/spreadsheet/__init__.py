"""Reading a submitted spreadsheet as rows of cells with text and type."""
