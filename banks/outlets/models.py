"""Outlets, and outlet imports awaiting confirmation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank


class Outlet(models.Model):
    """A branch or outlet in Zhongshan."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="outlets")
    name = models.CharField(_("name"), max_length=120)
    town = models.CharField(_("town"), max_length=20)
    address = models.CharField(_("address"), max_length=200)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    license_institution_code = models.CharField(
        _("institution code of the financial licence"), max_length=15, blank=True
    )
    open_for_card_business = models.BooleanField(_("open for card business"), default=True)
    windows = models.PositiveSmallIntegerField(_("windows for card business"), default=0)
    trained_staff = models.PositiveSmallIntegerField(_("trained staff"), default=0)
    opening_hours = models.CharField(_("announced hours"), max_length=120, blank=True)
    services = models.JSONField(_("services offered"), default=list)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["bank", "name", "pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="outlet_name_once_a_bank")]

    def __str__(self) -> str:
        return self.name


class OutletImport(models.Model):
    """The rows read from a spreadsheet, kept for preview until the person saves or abandons them."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("read at"))
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.JSONField(_("rows"))
    done_at = models.DateTimeField(_("saved"), null=True)

    class Meta:
        verbose_name = _("outlet import")
        verbose_name_plural = _("outlet imports")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
