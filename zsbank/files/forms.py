"""Form fields for files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


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
