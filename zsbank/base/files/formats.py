"""The kinds of file; without tables, so that the program that looks through files can read it."""

from django.db.models import TextChoices


class FileKind(TextChoices):
    """Kinds of file, determined by content, not by name."""

    PDF = "pdf", "PDF"
    OFD = "ofd", "OFD"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
