"""Admission at the desk, one file a register: Django finds what is registered in this package."""

from admission.admin import applications, editions, opinions

__all__ = ["applications", "editions", "opinions"]
