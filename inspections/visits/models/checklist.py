"""The outlets of an inspection, what was seen there, and who of the bank was present."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from banks.outlets.models import Outlet
from banks.outlets.terms import LONGEST
from inspections.visits.models.visits import InspectionVisit
from inspections.visits.terms import ItemResult, Severity
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL
LONGEST_NAME = 50


class VisitedOutlet(models.Model):
    """An outlet of an inspection, with name and address as they were when it was planned.

    Fields:
        outlet: the outlet of the register; None once the bank has removed it.
        seen_on: the day on which officers were there (local date); None until then.
        version: grows each time the checklist is saved, so that nobody overwrites what they have not seen.
    """

    visit = models.ForeignKey(InspectionVisit, on_delete=models.PROTECT, related_name="outlets")
    outlet = models.ForeignKey(
        Outlet, verbose_name=_("outlet"), on_delete=models.SET_NULL, null=True, related_name="inspections"
    )
    name = models.CharField(_("name"), max_length=LONGEST["name"])
    address = models.CharField(_("address"), max_length=LONGEST["address"])
    seen_on = models.DateField(_("seen on"), null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("outlet of an inspection")
        verbose_name_plural = _("outlets of an inspection")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["visit", "outlet"], name="inspection_outlet_once"),
        ]
        indexes = [models.Index(fields=["outlet", "seen_on"], name="inspection_outlet_seen")]

    def __str__(self) -> str:
        return self.name


class ChecklistItem(models.Model):
    """What was seen of a criterion at an outlet; a finding if it is not in order.

    Fields:
        facts: what was found, as the report says it to the bank.
        files: photographs and documents that prove it.
    """

    place = models.ForeignKey(VisitedOutlet, on_delete=models.PROTECT, related_name="items")
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(_("result"), max_length=15, choices=ItemResult)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, blank=True)
    facts = models.TextField(_("facts"), blank=True)
    files = models.ManyToManyField(
        StoredFile, verbose_name=_("photographs and documents"), related_name="checklist_items"
    )
    recorded_by = models.ForeignKey(
        PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of a checklist")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["place", "criterion"], name="checklist_item_once"),
            models.CheckConstraint(
                condition=Q(result=ItemResult.NOT_IN_ORDER) & ~Q(severity="") & ~Q(facts="")
                | ~Q(result=ItemResult.NOT_IN_ORDER) & Q(severity="", facts=""),
                name="checklist_finding_has_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.criterion}"

    @property
    def is_finding(self) -> bool:
        """Whether something is not in order."""
        return bool(self.result == ItemResult.NOT_IN_ORDER)


class PersonPresent(models.Model):
    """A person of the bank who was present, and signed the record or refused."""

    visit = models.ForeignKey(InspectionVisit, on_delete=models.PROTECT, related_name="present")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    position = models.CharField(_("position"), max_length=LONGEST_NAME)
    signed = models.BooleanField(_("signed"))
    refusal = models.TextField(_("reason for refusing to sign"), blank=True)

    class Meta:
        verbose_name = _("person present at an inspection")
        verbose_name_plural = _("people present at an inspection")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(signed=True, refusal="") | Q(signed=False) & ~Q(refusal=""),
                name="inspection_signed_or_refused",
            )
        ]

    def __str__(self) -> str:
        return self.name
