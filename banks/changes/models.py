"""Changes of a bank's data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.changes.states import ChangeState
from banks.changes.terms import SPLITS, ChangeKind
from banks.register.models import Bank
from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class BankChange(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A change of a bank's data: entered by one person of the bank or the bureau, decided by another.

    Fields:
        pairs: by field of the bank, the value when the change was entered, and the new value.
        successor: the bank that absorbed this one; only of a succession.
        successors: the banks that came out of this one; only of a division.
        carrier: the one of them to which the qualification goes, with open orders and cases; None if it stays.
        by_bank: whether the bank asked for it.
    """

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="changes")
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = StateField(_("state"), default=ChangeState.REQUESTED, choices=ChangeState.choices, protected=True)
    kind = models.CharField(_("kind of change"), max_length=12, choices=ChangeKind)
    by_bank = models.BooleanField(_("requested by the bank"))
    pairs = models.JSONField(_("old and new values"), default=dict)
    successor = models.ForeignKey(
        Bank, verbose_name=_("successor"), on_delete=models.PROTECT, null=True, related_name="successions"
    )
    successors = models.ManyToManyField(
        Bank, verbose_name=_("successors"), related_name="divisions_entered", blank=True
    )
    carrier = models.ForeignKey(
        Bank,
        verbose_name=_("carries the qualification on"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    changed_on = models.DateField(_("changed on"))
    reason = models.TextField(_("reason"))
    files = models.ManyToManyField(StoredFile, verbose_name=_("documents"), related_name="bank_changes")
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.TextField(_("reasons of the decision"), blank=True)

    class Meta:
        verbose_name = _("change of a bank's data")
        verbose_name_plural = _("changes of banks' data")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "by_bank"],
                condition=Q(state=ChangeState.REQUESTED),
                name="change_one_open_a_side",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("entered_by")), name="change_decided_by_another_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.ACCEPTED, ChangeState.DECLINED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.SUCCESSION, successor__isnull=False)
                | (~Q(kind=ChangeKind.SUCCESSION) & Q(successor__isnull=True)),
                name="change_successor_of_succession",
            ),
            models.CheckConstraint(
                condition=Q(carrier__isnull=True) | Q(kind__in=sorted(SPLITS)),
                name="change_carrier_of_division",
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("bank")), name="change_successor_is_another_bank"
            ),
            models.CheckConstraint(
                condition=Q(by_bank=False) | Q(kind=ChangeKind.DATA), name="change_bank_asks_for_data_only"
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_division(self) -> bool:
        """Whether it divides the bank."""
        return self.kind in SPLITS

    @property
    def is_open(self) -> bool:
        """Whether it is not decided and not withdrawn."""
        return bool(self.state == ChangeState.REQUESTED)

    @property
    def is_declined(self) -> bool:
        """Whether it was declined."""
        return bool(self.state == ChangeState.DECLINED)

    @transition(field=state, source=ChangeState.REQUESTED, target=ChangeState.ACCEPTED)
    def accept(self) -> None:
        """Another person accepts it; the register changes."""

    @transition(field=state, source=ChangeState.REQUESTED, target=ChangeState.DECLINED)
    def decline(self) -> None:
        """Another person declines it, with a reason."""

    @transition(field=state, source=ChangeState.REQUESTED, target=ChangeState.WITHDRAWN)
    def withdraw(self) -> None:
        """The bank withdraws its own request."""
