"""Form fields for files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zsbank.base.files.actions import displayable_name
from zsbank.base.files.kinds import kind_of, matching_name
from zsbank.base.refusals import FileRefused, Refused


class ManyFilesInput(forms.FileInput):
    """A file input that accepts several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Check each file; without files return an empty list unless the field is required."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        if not self.required and not any(given):
            return []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show a refusal in the form, keeping the input: a refused file at its field, others above the form."""
    fields = (name for name, field in form.fields.items() if isinstance(field, forms.FileField))
    form.add_error(next(fields, None) if isinstance(refusal, FileRefused) else None, str(refusal))


def renamings(form: forms.BaseForm) -> list[str]:
    """What to tell of the files of a form that were taken under a name with another ending."""
    told = []
    for file in (file for _field, files in form.files.lists() for file in files):
        kind, name = kind_of(file), displayable_name(file.name or "")
        kept = matching_name(name, kind) if kind else None
        if kind and kept and Path(name).suffix and kept != name:
            words = _("%(name)s is a %(kind)s picture; it is kept as %(kept)s.")
            told.append(words % {"name": name, "kind": kind.label, "kept": kept})
    return told
