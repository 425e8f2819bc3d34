"""Exit cases."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from banks.register.models import Bank, Qualification
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import ExitGround
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL


class ExitCase(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The end of one qualification: opened by bank, officer or sweep, proposed by one person, signed by another."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="exit_cases"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="exit_cases")
    ground = models.CharField(_("ground"), max_length=20, choices=ExitGround)
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = FSMField(_("state"), default=ExitState.OPENED, choices=ExitState.choices, protected=True)
    statement = models.TextField(_("facts or statement"))
    document = models.OneToOneField(
        StoredFile,
        verbose_name=_("written application"),
        on_delete=models.PROTECT,
        null=True,
        related_name="exit_case",
    )
    determination = models.OneToOneField(
        Determination, on_delete=models.PROTECT, null=True, related_name="exit_case"
    )
    order = models.OneToOneField(
        RectificationOrder, on_delete=models.PROTECT, null=True, related_name="exit_case"
    )
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
                | Q(letter__isnull=False, signed_by__isnull=False, proposed_by__isnull=False),
                name="exit_signed_has_letter",
            ),
            models.CheckConstraint(
                condition=~Q(ground=ExitGround.VOLUNTARY) | Q(document__isnull=False),
                name="exit_own_wish_in_writing",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_open(self) -> bool:
        """Whether it is neither signed, withdrawn nor closed."""
        return self.state in OPEN

    @property
    def is_voluntary(self) -> bool:
        """Whether the bank exits on its own application."""
        return self.ground == ExitGround.VOLUNTARY

    @transition(field=state, source=ExitState.OPENED, target=ExitState.PROPOSED)
    def propose(self) -> None:
        """An officer proposes the letter for signature."""

    @transition(field=state, source=ExitState.PROPOSED, target=ExitState.SIGNED)
    def sign(self) -> None:
        """Another person signs consent or notice."""

    @transition(field=state, source=sorted(OPEN), target=ExitState.WITHDRAWN)
    def withdraw(self) -> None:
        """The bank withdraws its own application."""

    @transition(field=state, source=sorted(OPEN), target=ExitState.CLOSED)
    def close(self) -> None:
        """The bureau closes the case without an exit."""
