"""Reading what is handed in: a workbook of sheets, or the list of outlets of one bank."""
