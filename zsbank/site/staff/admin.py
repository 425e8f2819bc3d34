"""Where Django looks for the registers of people."""

from zsbank.site.staff import people_desk  # noqa: F401
