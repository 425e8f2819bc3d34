"""Reading a list of outlets from a spreadsheet: columns, rows, errors and changes."""
