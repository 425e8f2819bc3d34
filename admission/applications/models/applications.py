"""Applications with their states and due dates."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from admission.applications.states import FINAL, OPEN, WITH_BUREAU, ApplicationState, Outcome
from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.state_field import StateField
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

PERSON = settings.AUTH_USER_MODEL


def _present(verb: Verb) -> models.QuerySet[User, Any]:
    """Return the keys of the officers who have a verb now."""
    return people_with(verb).order_by().values("pk")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by state and person."""

    def open(self) -> Self:
        """Return the applications neither decided nor withdrawn."""
        return self.filter(state__in=OPEN)

    def awaiting_effect(self) -> Self:
        """Return the approved applications with agreements still to be signed."""
        return self.filter(decision__outcome=Outcome.APPROVE, decision__qualification=None)

    def waiting_for(self, person: User, verb: Verb) -> Self:
        """Return a person's work list: assigned to them, to nobody, or to somebody who cannot act any more.

        Those in which the person declared a conflict are left out.

        Args:
            verb: that of the next step; an officer who lost it, or the account, cannot act any more.
        """
        theirs = Q(case_officer=None) | Q(case_officer=person) | ~Q(case_officer__in=_present(verb))
        return self.filter(theirs).exclude(conflicts__officer=person)

    def taken_by_colleagues(self, person: User, verb: Verb) -> Self:
        """Return those assigned to a colleague who can act, without a conflict of the person; `verb` as above."""
        others = Q(case_officer__in=_present(verb)) & ~Q(case_officer=person)
        return self.filter(others).exclude(conflicts__officer=person)

    def reviewed_by(self, person: User) -> Self:
        """Return those with a finding or recommendation by this person, even if a colleague changed it since."""
        found = Entry.objects.filter(
            subject_type=self.model._meta.label_lower,
            verb__in=(Verb.RECORD_FINDING, Verb.RECOMMEND),
            actor=person,
        )
        return self.filter(pk__in=found.values("subject_id"))


class Application(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A bank's application for admission, under the edition in force when it was started."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="applications"
    )
    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("policy edition"), on_delete=models.PROTECT, related_name="+"
    )
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = StateField(
        _("state"), default=ApplicationState.DRAFT, choices=ApplicationState.choices, protected=True
    )
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    accept_by = models.DateField(_("accept by"), null=True)
    accept_period = models.JSONField(null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    decide_by = models.DateField(_("decide by"), null=True)
    decide_period = models.JSONField(null=True)
    case_officer = models.ForeignKey(
        PERSON,
        verbose_name=_("case officer"),
        on_delete=models.PROTECT,
        null=True,
        limit_choices_to={"is_staff": True},
        related_name="+",
    )
    closed_on = models.DateField(_("closed on"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank"], condition=Q(state__in=sorted(OPEN)), name="application_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FINAL)) | Q(closed_on__isnull=False),
                name="application_final_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_draft(self) -> bool:
        """Whether it is not submitted yet, and so visible to the bank only."""
        return self.state == ApplicationState.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it is neither decided nor withdrawn."""
        return self.state in OPEN

    @property
    def is_with_bureau(self) -> bool:
        """Whether an officer has to act."""
        return self.state in WITH_BUREAU

    def has_conflict(self, person: User) -> bool:
        """Return whether this officer declared a conflict of interest in the case (law.md §2)."""
        return self.conflicts.filter(officer=person).exists()

    @transition(field=state, source=ApplicationState.DRAFT, target=ApplicationState.SUBMITTED)
    def submit(self) -> None:
        """The bank submits it."""

    @transition(field=state, source=ApplicationState.SUBMITTED, target=ApplicationState.UNDER_REVIEW)
    def accept(self) -> None:
        """The bureau accepts it, or the working days to accept have passed."""

    @transition(
        field=state,
        source=[ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW],
        target=ApplicationState.SUPPLEMENTING,
    )
    def ask_supplement(self) -> None:
        """The bureau requests a supplement; the time limit is suspended."""

    @transition(field=state, source=ApplicationState.SUPPLEMENTING, target=ApplicationState.SUBMITTED)
    def resume_acceptance(self) -> None:
        """A supplement before acceptance is submitted, or its due date has passed."""

    @transition(field=state, source=ApplicationState.SUPPLEMENTING, target=ApplicationState.UNDER_REVIEW)
    def resume_review(self) -> None:
        """A supplement in the review is submitted, or its due date has passed."""

    @transition(field=state, source=ApplicationState.UNDER_REVIEW, target=ApplicationState.RECOMMENDED)
    def recommend(self) -> None:
        """The reviewer recommends a decision."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.UNDER_REVIEW)
    def send_back(self) -> None:
        """The decider sends it back to review."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.APPROVED)
    def approve(self) -> None:
        """The bank is admitted."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.REFUSED)
    def refuse(self) -> None:
        """The bank is not admitted."""

    @transition(field=state, source=sorted(OPEN), target=ApplicationState.WITHDRAWN)
    def withdraw(self) -> None:
        """The bank withdraws it."""
