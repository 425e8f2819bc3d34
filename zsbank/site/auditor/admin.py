"""Where Django looks for the registers of journal and letters."""

from zsbank.site.auditor import journal_desk, letters_desk  # noqa: F401
