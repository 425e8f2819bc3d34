"""A bank's report of what it put right."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each file checked like a single one."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) and data else [data]
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


class ReportForm(forms.Form):
    """What was put right, with the files that show it."""

    text = forms.CharField(
        label=_("What was put right, and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Report files"), help_text=_("One or more files that show it; at least one is needed.")
    )

    def named_files(self) -> "list[tuple[UploadedFile[Any], str]]":
        """The files with the names they came under."""
        return [(file, file.name or "file") for file in self.cleaned_data["files"]]
