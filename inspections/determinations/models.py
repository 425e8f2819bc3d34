"""Determinations: proposed by one person, made by another."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from admission.editions.models import Criterion
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from inspections.determinations.states import WAS_MADE, WITH_REASON, DeterminationState
from inspections.determinations.terms import RECTIFIABLE, BreachEffect, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.actions.state_field import StateField
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL
MADE_ONLY = ("determination_date", "decided_by", "made_at")
"""Fields that a determination has exactly if it is or was made."""


def _all(*fields: str, are_set: bool) -> Q:
    return Q(**{f"{name}__isnull": not are_set for name in fields})


class Determination(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """What one person proposes to determine and another determines: kind, facts, criteria, document.

    `paper_date` and `paper_signed_by` are set if it was made on paper before it was entered. A decider who is
    not the person who signed then confirms it; the day and the person of the paper stay those of the determination.
    `paper` is set if it is older than the register and was taken over: nobody of the register made it.
    `effects` are codes of `BreachEffect`; only a serious breach has any, one of before this field has none.
    `letter` is that with which it was made here; what was made on paper has its document instead.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="determinations"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="determinations")
    kind = models.CharField(_("kind"), max_length=20, choices=DeterminationKind)
    state = StateField(
        _("state"), default=DeterminationState.PROPOSED, choices=DeterminationState.choices, protected=True
    )
    effects = models.JSONField(_("effects of the breach"), default=list)
    facts = models.TextField(_("facts"))
    criteria = models.ManyToManyField(Criterion, verbose_name=_("criteria"), related_name="+", blank=True)
    document = models.OneToOneField(
        StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, related_name="determination"
    )
    paper_date = models.DateField(_("date of the signed document"), null=True)
    paper_signed_by = models.ForeignKey(
        PERSON,
        verbose_name=_("signed on paper by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        PERSON, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    determination_date = models.DateField(_("date of determination"), null=True)
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("determined by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        PERSON, verbose_name=_("confirmed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("determined or confirmed at"), null=True)
    closed_reason = models.TextField(_("why it was not determined"), blank=True)
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    possible_until: dt.date | None = None
    """The last day on which what was made on paper can still be entered (local date); set by lists of proposals."""

    class Meta:
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "proposed_at"], name="determination_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by"))
                & ~Q(confirmed_by=F("proposed_by"))
                & ~Q(paper_signed_by=F("proposed_by")),
                name="determination_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WAS_MADE), paper__isnull=True) & _all(*MADE_ONLY, are_set=True)
                | Q(state__in=sorted(WAS_MADE), paper__isnull=False, decided_by__isnull=True)
                & _all("determination_date", "made_at", are_set=True)
                | ~Q(state__in=sorted(WAS_MADE)) & _all(*MADE_ONLY, "confirmed_by", are_set=False),
                name="determination_made_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(state__in=sorted(WAS_MADE), paper_date__isnull=True),
                name="determination_taken_over_is_made",
            ),
            models.CheckConstraint(
                condition=_all("paper_date", "paper_signed_by", are_set=True)
                | _all("paper_date", "paper_signed_by", "confirmed_by", are_set=False),
                name="determination_paper_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(WAS_MADE))
                | Q(paper_date__isnull=True)
                | Q(determination_date=F("paper_date"), decided_by=F("paper_signed_by")),
                name="determination_as_on_paper",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("decided_by")), name="determination_confirmed_by_another_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(WITH_REASON)) | ~Q(closed_reason=""),
                name="determination_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=True)
                | Q(state__in=sorted(WAS_MADE), paper__isnull=True, paper_date__isnull=True),
                name="determination_letter_of_what_was_made",
            ),
            models.UniqueConstraint(
                fields=["qualification", "kind"],
                condition=Q(state=DeterminationState.PROPOSED, paper_date__isnull=True),
                name="determination_one_open",
            ),
            models.UniqueConstraint(
                fields=["qualification", "kind", "paper_date"],
                condition=Q(state=DeterminationState.PROPOSED),
                name="determination_one_open_a_paper",
            ),
        ]

    def __str__(self) -> str:
        day = self.determination_date or clock.local_day(self.proposed_at)
        return f"{self.bank} {self.get_kind_display()} {day}"

    @property
    def is_rectifiable(self) -> bool:
        """Whether an order to rectify follows from it."""
        return self.kind in RECTIFIABLE

    @property
    def is_on_paper(self) -> bool:
        """Whether it was made on paper before it was entered here; the bank was heard then."""
        return self.paper_date is not None or self.paper_id is not None

    @property
    def named_effects(self) -> list[str]:
        """The effects of a serious breach, in words of the reader's language."""
        return [str(BreachEffect(code).label) for code in self.effects]

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a decider."""
        return bool(self.state == DeterminationState.PROPOSED)

    @property
    def people(self) -> frozenset[int]:
        """The keys of the people who proposed, made, signed or confirmed it."""
        ids = (self.proposed_by_id, self.decided_by_id, self.confirmed_by_id, self.paper_signed_by_id)
        return frozenset(pk for pk in ids if pk is not None)

    def has_conflict(self, person: User) -> bool:
        """Return whether this officer declared a conflict of interest in it (law.md §2)."""
        return self.conflicts.filter(officer=person).exists()

    @transition(field=state, source=DeterminationState.PROPOSED, target=DeterminationState.MADE)
    def make(self) -> None:
        """A decider makes it, or confirms that it was made on paper."""

    @transition(field=state, source=DeterminationState.MADE, target=DeterminationState.SET_ASIDE)
    def set_aside(self) -> None:
        """A decider sets aside what was made, on reconsideration, on a judgment, or on the bureau's own motion."""

    @transition(field=state, source=DeterminationState.PROPOSED, target=DeterminationState.NOT_MADE)
    def decline(self) -> None:
        """A decider does not make it."""

    @transition(field=state, source=DeterminationState.PROPOSED, target=DeterminationState.WITHDRAWN)
    def withdraw(self) -> None:
        """It is withdrawn, or the qualification has ended."""


class DeterminationConflict(models.Model):
    """A decider's declared conflict of interest, which bars them from deciding on the proposal (law.md §2)."""

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="conflicts")
    officer = models.ForeignKey(PERSON, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "officer"], name="determination_conflict_declared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.determination} {self.officer}"
