"""Settings aside of determinations: proposed by one person, decided by another."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.setting_aside.states import DECIDED, SettingAsideState
from inspections.setting_aside.terms import LONGEST_NUMBER, Basis
from zsbank.base.accounts.models import User
from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL


class SettingAside(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """What sets a determination aside: a document of another organ or of the bureau itself, and a decider's decision.

    Fields:
        reason: why the determination does not stand; the bank reads it in the letter.
        decision: the decider's remark, or why it was declined or withdrawn; the bank does not read it.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="settings_aside"
    )
    determination = models.ForeignKey(
        Determination,
        verbose_name=_("determination"),
        on_delete=models.PROTECT,
        related_name="settings_aside",
    )
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = StateField(
        _("state"), default=SettingAsideState.PROPOSED, choices=SettingAsideState.choices, protected=True
    )
    basis = models.CharField(_("set aside by"), max_length=20, choices=Basis)
    document_number = models.CharField(_("number of the document"), max_length=LONGEST_NUMBER)
    document_date = models.DateField(_("date of the document"))
    reason = models.TextField(_("reason"))
    document = models.OneToOneField(
        StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, related_name="setting_aside"
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        PERSON, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.TextField(_("reasons of the decision"), blank=True)
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("setting aside of a determination")
        verbose_name_plural = _("determinations set aside")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["determination"],
                condition=Q(state=SettingAsideState.PROPOSED),
                name="setting_aside_one_open",
            ),
            models.UniqueConstraint(
                fields=["determination"],
                condition=Q(state=SettingAsideState.ACCEPTED),
                name="setting_aside_once",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="setting_aside_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(DECIDED), decided_by__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=sorted(DECIDED)) & Q(decided_by__isnull=True, decided_at__isnull=True),
                name="setting_aside_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=SettingAsideState.ACCEPTED, letter__isnull=False)
                | ~Q(state=SettingAsideState.ACCEPTED) & Q(letter__isnull=True),
                name="setting_aside_has_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decider."""
        return bool(self.state == SettingAsideState.PROPOSED)

    @property
    def is_accepted(self) -> bool:
        """Whether the determination is set aside."""
        return bool(self.state == SettingAsideState.ACCEPTED)

    @property
    def conflicts(self) -> Any:
        """The conflicts of interest that were declared in the determination (law.md §2)."""
        return self.determination.conflicts

    def has_conflict(self, person: User) -> bool:
        """Return whether this officer declared a conflict of interest in the determination."""
        return self.determination.has_conflict(person)

    @transition(field=state, source=SettingAsideState.PROPOSED, target=SettingAsideState.ACCEPTED)
    def accept(self) -> None:
        """A decider sets the determination aside."""

    @transition(field=state, source=SettingAsideState.PROPOSED, target=SettingAsideState.DECLINED)
    def decline(self) -> None:
        """A decider lets the determination stand."""

    @transition(field=state, source=SettingAsideState.PROPOSED, target=SettingAsideState.WITHDRAWN)
    def withdraw(self) -> None:
        """The proposal is withdrawn."""
