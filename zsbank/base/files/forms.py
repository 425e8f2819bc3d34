"""Form fields for files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zsbank.base.files.actions import plain_name
from zsbank.base.files.kinds import kind_of, right_name
from zsbank.base.refusals import FileRefused, Refused


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each file checked like a single one; none is an empty list where none is needed."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        if not self.required and not any(given):
            return []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show a verb's refusal in its form with all that was typed kept: that of a file where the file was chosen."""
    fields = (name for name, field in form.fields.items() if isinstance(field, forms.FileField))
    form.add_error(next(fields, None) if isinstance(refusal, FileRefused) else None, str(refusal))


def renamings(form: forms.BaseForm) -> list[str]:
    """What to tell of the files of a form that were taken under a name with another ending."""
    told = []
    for file in (file for _field, files in form.files.lists() for file in files):
        kind, name = kind_of(file), plain_name(file.name or "")
        kept = right_name(name, kind) if kind else None
        if kind and kept and Path(name).suffix and kept != name:
            words = _("%(name)s is a %(kind)s picture; it is kept as %(kept)s.")
            told.append(words % {"name": name, "kind": kind.label, "kept": kept})
    return told
