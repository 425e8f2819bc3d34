"""The signed service commitment: one sheet with all undertakings of an application."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.applications.models.applications import Application
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile


class ServiceCommitment(models.Model):
    """The scan of a signed and sealed service commitment (服务承诺书), with signatory and date.

    It stands for every undertaking of the edition that is not signed apart. A newer scan replaces it; all are kept.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="commitments")
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="commitments"
    )
    signatory = models.CharField(_("signed by"), max_length=60)
    signed_on = models.DateField(_("signed on"))
    replaces = models.OneToOneField(
        "self", verbose_name=_("replaces"), on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    added_at = models.DateTimeField(_("attached"), default=clock.now)
    removed_at = models.DateTimeField(_("removed"), null=True)

    class Meta:
        verbose_name = _("service commitment")
        verbose_name_plural = _("service commitments")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(removed_at__isnull=True), name="commitment_one_standing"
            )
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def bank(self) -> Bank:
        """The bank that made the commitment."""
        return self.application.bank

    @property
    def counts(self) -> bool:
        """Whether it counts: not removed and not quarantined."""
        return self.removed_at is None and not self.file.is_quarantined
