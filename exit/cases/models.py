"""Exit cases."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.hearings.models import PriorNotice
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import CLAUSES, ExitGround, Fallen
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL


class ExitCase(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The end of one qualification on one or several grounds: proposed by one person, signed by another."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="exit_cases"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="exit_cases")
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = StateField(_("state"), default=ExitState.OPENED, choices=ExitState.choices, protected=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    draft = models.JSONField(_("drafted letter"), null=True)
    proposed_at = models.DateTimeField(_("proposed"), null=True)
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(pgettext_lazy("letter", "signed"), null=True)
    signed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_reason = models.TextField(_("reason for closing"), blank=True)
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("exit case")
        verbose_name_plural = _("exit cases")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["qualification"], condition=Q(state__in=sorted(OPEN)), name="exit_one_open_case"
            ),
            models.UniqueConstraint(
                fields=["qualification"],
                condition=Q(state=ExitState.SIGNED),
                name="exit_once_a_qualification",
            ),
            models.CheckConstraint(
                condition=~Q(signed_by=F("proposed_by")), name="exit_signed_by_another_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExitState.SIGNED)
                | Q(paper__isnull=False)
                | Q(letter__isnull=False, signed_by__isnull=False, proposed_by__isnull=False),
                name="exit_signed_has_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_open(self) -> bool:
        """Whether it is neither signed, withdrawn nor closed."""
        return self.state in OPEN

    @property
    def wish(self) -> "Ground | None":
        """The bank's own application, if the case has one that is not withdrawn."""
        return next((ground for ground in self.grounds.all() if ground.is_wish and not ground.is_ended), None)

    @property
    def application(self) -> "Ground | None":
        """The bank's latest own application, withdrawn or not."""
        wishes = [ground for ground in self.grounds.all() if ground.is_wish]
        return wishes[-1] if wishes else None

    @property
    def document(self) -> StoredFile | None:
        """The letter on paper of a case that was taken over, otherwise the bank's written application."""
        if self.paper is not None:
            return self.paper.file
        return self.application.document if self.application else None

    @transition(field=state, source=ExitState.OPENED, target=ExitState.PROPOSED)
    def propose(self) -> None:
        """An officer proposes the letter for signature."""

    @transition(field=state, source=ExitState.PROPOSED, target=ExitState.SIGNED)
    def sign(self) -> None:
        """Another person signs consent or notice."""

    @transition(field=state, source=ExitState.PROPOSED, target=ExitState.OPENED)
    def send_back(self) -> None:
        """A ground joined after the proposal; the letter is proposed again with it."""

    @transition(field=state, source=sorted(OPEN), target=ExitState.WITHDRAWN)
    def withdraw(self) -> None:
        """The bank withdraws its own application, and no other ground stands."""

    @transition(field=state, source=sorted(OPEN), target=ExitState.CLOSED)
    def close(self) -> None:
        """The bureau closes the case without an exit."""


class Ground(models.Model):
    """A ground of an exit case: a case has one or more, and each ends by itself when its facts no longer hold.

    Whether it stands today is judged by `exit.cases.rules.stands`, never read from here alone.
    """

    case = models.ForeignKey(
        ExitCase, verbose_name=_("exit case"), on_delete=models.PROTECT, related_name="grounds"
    )
    kind = models.CharField(_("ground"), max_length=20, choices=ExitGround)
    statement = models.TextField(_("facts or statement"))
    document = models.OneToOneField(
        StoredFile,
        verbose_name=_("written application"),
        on_delete=models.PROTECT,
        null=True,
        related_name="exit_ground",
    )
    determination = models.OneToOneField(
        Determination,
        verbose_name=_("determination"),
        on_delete=models.PROTECT,
        null=True,
        related_name="exit_ground",
    )
    order = models.OneToOneField(
        RectificationOrder,
        verbose_name=_("rectification order"),
        on_delete=models.PROTECT,
        null=True,
        related_name="exit_ground",
    )
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    joined_at = models.DateTimeField(_("joined"))
    joined_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    notice = models.ForeignKey(
        PriorNotice, verbose_name=_("prior notice"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_why = models.CharField(_("why it ended"), max_length=15, choices=Fallen, blank=True)

    class Meta:
        verbose_name = _("ground of exit")
        verbose_name_plural = _("grounds of exit")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=ExitGround.VOLUNTARY, ended_at__isnull=True),
                name="ground_one_own_wish",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False)
                | Q(kind=ExitGround.SERIOUS_BREACH, determination__isnull=False)
                | Q(
                    kind__in=[ExitGround.RECTIFICATION_FAILED, ExitGround.ASSESSMENT_FAILED],
                    order__isnull=False,
                ),
                name="ground_has_its_source",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_why=""), name="ground_ended_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def is_wish(self) -> bool:
        """Whether it is the bank's own application (exit （一）)."""
        return self.kind == ExitGround.VOLUNTARY

    @property
    def is_ended(self) -> bool:
        """Whether it is on record that the ground no longer stands."""
        return self.ended_at is not None

    @property
    def clause(self) -> str:
        """The clause of the bureau's text."""
        return CLAUSES[ExitGround(self.kind)]

    @property
    def source(self) -> Determination | RectificationOrder | None:
        """The determination or order it rests on; None for the bank's own application."""
        return self.determination or self.order
