"""The list of outlets as a spreadsheet: which column is which, what each row says, what is wrong, what would change."""
