"""A stored file: a submitted file or a generated letter; and a file selected in a form that is not submitted yet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zsbank.base.files.formats import FileKind
from zsbank.base.files.states import GIVEN_OUT, ScanState


class StoredFile(models.Model):
    """A stored file: its bytes are stored under a random name; the row has size and hash of the original."""

    name = models.CharField(_("file name"), max_length=200)
    stored_name = models.CharField(max_length=32, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("received"))
    scan = models.CharField(
        _("virus scan"), max_length=16, choices=ScanState, default=ScanState.NOT_SCANNED, editable=False
    )
    scan_result = models.CharField(_("scan result"), max_length=200, blank=True, editable=False)
    scanned_at = models.DateTimeField(_("last scanned at"), null=True, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(scan__in=[ScanState.NOT_SCANNED, ScanState.BEING_CHECKED])
                | Q(scanned_at__isnull=False),
                name="file_answered_when_scanned",
            ),
            models.CheckConstraint(
                condition=~Q(scan=ScanState.QUARANTINED) | ~Q(scan_result=""),
                name="file_quarantined_for_a_signature",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scanned_at"], condition=Q(scan=ScanState.BEING_CHECKED), name="file_being_checked"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_given_out(self) -> bool:
        """Whether it may be opened: neither waiting for a scan nor quarantined."""
        return self.scan in GIVEN_OUT

    @property
    def is_quarantined(self) -> bool:
        """Whether the scanner found a virus; it does not count as evidence."""
        return self.scan == ScanState.QUARANTINED


class ChosenFile(models.Model):
    """A file that a person selected in a form and has not submitted; only they can see it."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="chosen"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("selected"), db_index=True)

    class Meta:
        verbose_name = _("selected file")
        verbose_name_plural = _("selected files")
        default_permissions = ()

    def __str__(self) -> str:
        return self.file.name
