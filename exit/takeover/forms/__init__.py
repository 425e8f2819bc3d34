"""Forms of takeovers: a workbook, one bank, scans, and the confirmation."""
