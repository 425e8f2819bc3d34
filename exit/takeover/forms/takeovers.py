"""Forms of takeovers: a workbook, scans, and the confirmation of what was read; that of one bank has its own file."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from banks.outlets.forms import SHEET_LIMIT
from exit.takeover.checks.faults import Fault, Faulty
from exit.takeover.checks.plan import plan_of
from exit.takeover.import_sheet.judged import judged_workbook
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.files.kinds import SCANS
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import PlainForm

SHOWN_FAULTS = 100
"""So many faults of a workbook are shown at once."""


class WorkbookForm(PlainForm):
    """The workbook of a takeover; what is wrong in it is named by sheet, row and column."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("XLSX by the template. All of it is entered, or nothing."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the workbook and judge its rows.

        Raises:
            ValidationError: it is too large.
        """
        given = super().clean()
        file: UploadedFile[Any] | None = given.get("file")
        if file is None:
            return given
        if (file.size or 0) > SHEET_LIMIT:
            raise ValidationError(
                _("The file is larger than 10 MB. Use the template and do not insert pictures.")
            )
        content = file.read()
        try:
            given["rows"], _plan = judged_workbook(content, str(file.name))
        except Faulty as refusal:
            self._show(refusal.faults)
        except FileRefused as refusal:
            self.add_error("file", str(refusal))
        given |= {"source": str(file.name), "sha256": hashlib.sha256(content).hexdigest()}
        return given

    def _show(self, faults: Sequence[Fault]) -> None:
        """Show the faults at the field."""
        for fault in faults[:SHOWN_FAULTS]:
            self.add_error("file", str(fault))
        if len(faults) > SHOWN_FAULTS:
            more = _("%(n)s more faults are not shown.")
            self.add_error("file", ValidationError(more, params={"n": len(faults) - SHOWN_FAULTS}))


def scans_form(takeover: Takeover) -> type[PlainForm]:
    """Return the form of scans: several named after their numbers, or one for a letter."""
    letters = [(one.key, str(one)) for one in letters_of(takeover)]
    files = ChosenFilesField(
        label=_("Scans"), kinds=SCANS, help_text=_("A file named after the number of its letter finds it.")
    )
    letter = forms.ChoiceField(
        label=_("Letter"),
        required=False,
        choices=[("", _("by the names of the files")), *letters],
        help_text=_("Only to attach one file to a certain letter."),
    )
    return type("ScansForm", (PlainForm,), {"files": files, "letter": letter})


def confirm_form(takeover: Takeover) -> type[PlainForm]:
    """Return the form that holds what the person has read, and asks about what does not fit the mechanism."""
    plan = plan_of(takeover.typed)
    fields: dict[str, forms.Field] = {
        "seen": forms.CharField(widget=forms.HiddenInput, max_length=64, initial=plan.fingerprint())
    }
    if plan.findings:
        fields["findings"] = forms.CharField(
            label=_("What the papers show on what does not fit the mechanism"),
            help_text=_("It is recorded with the confirmation."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    return type("ConfirmTakeoverForm", (PlainForm,), fields)
