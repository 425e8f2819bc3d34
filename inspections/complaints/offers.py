"""What can be done with the list of a hotline, from the file to its complaints."""

from collections import Counter

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.complaints.actions.imports import (
    discard_complaints,
    import_complaints,
    name_complaint_columns,
    read_complaints,
)
from inspections.complaints.forms.lists import ListForm, columns_form
from inspections.complaints.import_sheet.judging import OUTCOMES, judged
from inspections.complaints.models import ComplaintImport
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.turns import Text


def _taken_in(made: object) -> Text:
    """Say how many complaints came in, and how many rows were left out."""
    words = gettext("Complaints entered: %(in)s. Rows left out: %(out)s.")
    return words % {"in": getattr(made, "taken_in", 0), "out": getattr(made, "left_out", 0)}


def _summary(read: ComplaintImport) -> list[str]:
    """Return how many rows become what, for who takes them in."""
    counted = Counter(row.outcome for row in judged(read))
    words = gettext("%(outcome)s: %(n)s")
    return [words % {"outcome": said, "n": counted[one]} for one, said in OUTCOMES.items() if counted[one]]


OFFERS_ON_LIST = (
    Offer(
        read_complaints,
        _("Upload the list of a hotline"),
        (
            _(
                "The file is read and not kept; you see what each row would become before anything is entered."
            ),
            _("Columns about persons, and cells that look like personal data, are not kept."),
            _("What is entered already is named by its number and left out."),
        ),
        form=lambda case: ListForm,
        done=lambda made: _("Nothing is entered yet: look at the rows, then take them in."),
    ),
)

OFFERS = (
    Offer(
        import_complaints,
        _("Take in the complaints"),
        (
            _("All good rows are entered at once; refused ones and those entered already are left out."),
            _("The banks are not told before the complaints are forwarded."),
            _("The cells of the list are not kept afterwards."),
        ),
        notes=_summary,
        done=_taken_in,
    ),
    Offer(
        name_complaint_columns,
        _("Say which column is which"),
        (_("The rows are read again with these columns; nothing is entered yet."),),
        form=columns_form,
    ),
    Offer(
        discard_complaints,
        _("Discard the list"),
        (_("Nothing of it is entered, and none of its cells are kept."),),
        aside=True,
    ),
)
