"""Outlets, and outlet imports awaiting confirmation."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from banks.outlets.names import KEY_LENGTH, name_key, name_order, search_text
from banks.outlets.terms import LONGEST
from banks.register.models import Bank

SEARCHED = ("name", "town", "address", "uscc", "license_institution_code", "phone")
if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


def search_text_of(outlet: models.Model) -> str:
    """What a search for an outlet looks through."""
    return search_text(getattr(outlet, name) for name in SEARCHED)


class Computed(TextField):
    """A text that is computed from the rest of the row whenever the row is written."""

    compute: Callable[[Any], str]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute it anew."""
        value = type(self).compute(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To migrations it is a text like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class NameKey(Computed):
    """What two spellings of one name have in common."""

    compute = staticmethod(lambda outlet: name_key(outlet.name))


class NameOrder(Computed):
    """What sorts names by the numbers in them."""

    compute = staticmethod(lambda outlet: name_order(outlet.name))


class SearchText(Computed):
    """What a search looks through."""

    compute = staticmethod(search_text_of)


class Outlet(models.Model):
    """A branch or outlet in Zhongshan."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="outlets")
    name = models.CharField(_("name"), max_length=LONGEST["name"])
    name_key = NameKey(default="", editable=False)
    name_order = NameOrder(default="", editable=False)
    search_text = SearchText(default="", editable=False)
    town = models.CharField(_("town"), max_length=20)
    address = models.CharField(_("address"), max_length=LONGEST["address"])
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    license_institution_code = models.CharField(
        _("institution code of the financial licence"), max_length=15, blank=True
    )
    open_for_card_business = models.BooleanField(_("open for card business"), default=True)
    windows = models.PositiveSmallIntegerField(_("windows for card business"), default=0)
    trained_staff = models.PositiveSmallIntegerField(_("trained staff"), default=0)
    opening_hours = models.CharField(_("announced hours"), max_length=LONGEST["opening_hours"], blank=True)
    services = models.JSONField(_("services offered"), default=list)
    phone = models.CharField(_("phone of the outlet"), max_length=LONGEST["phone"], blank=True)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["bank", "name_order", "pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["bank", "name_key"], name="outlet_name_once_a_bank")]
        indexes = [
            models.Index(fields=["bank", "name_order"], name="outlet_in_order"),
            models.Index(fields=["uscc"], name="outlet_by_uscc"),
            models.Index(fields=["license_institution_code"], name="outlet_by_licence"),
        ]

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
    sheet = models.JSONField(_("cells as they were read"), default=dict)
    header = models.PositiveIntegerField(_("row of the titles"), default=0)
    columns = models.JSONField(_("field of each column"), default=list)
    rows = models.JSONField(_("rows"), default=list)
    done_at = models.DateTimeField(_("saved"), null=True)

    class Meta:
        verbose_name = _("outlet import")
        verbose_name_plural = _("outlet imports")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def is_settled(self) -> bool:
        """Whether it is known which column is which; what was read before columns were kept was checked then."""
        return bool(self.columns) or not self.sheet


class KnownColumn(models.Model):
    """What a bank said that a title in its spreadsheets means; asked once."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=KEY_LENGTH)
    field = models.CharField(_("field"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("known column")
        verbose_name_plural = _("known columns")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["bank", "title"], name="column_title_once_a_bank")]

    def __str__(self) -> str:
        return f"{self.title} → {self.field}"
