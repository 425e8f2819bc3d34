"""Reading a hotline's list: cells without personal data, columns, and what each row would become."""
