"""Form fields for files; selected files survive a refused form."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files import File
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zsbank.base.files.chosen import ChosenContent, NotKept, digest_of, not_kept
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import CONTENT_TYPES, EXTENSIONS, kind_of, matching_name
from zsbank.base.files.names import displayable_name
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.refusals import FileRefused, Refused

CHOSEN = "-chosen"
"""Suffix of the field name under which a form sends the tokens of selected files."""

ALL_KINDS = tuple(FileKind)


class ChosenFileInput(forms.FileInput):
    """A file input, rendered by `components/chosen_files.html`."""


class ChosenFilesInput(ChosenFileInput):
    """A file input that accepts several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all files, not only the last."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class BoundFiles(forms.BoundField):
    """A file field of a form, with the files selected earlier."""

    @property
    def chosen(self) -> list[ChosenContent]:
        """Return the selected files that are kept for this field."""
        return [given for given in files_in(self.form, self.name) if isinstance(given, ChosenContent)]

    @property
    def token_name(self) -> str:
        """Return the name under which the tokens are sent."""
        return f"{self.name}{CHOSEN}"

    @property
    def accept(self) -> str:
        """Return the `accept` attribute; phones convert photos to JPEG if it names no HEIC."""
        kinds = self._files.kinds
        return ",".join(
            [*(CONTENT_TYPES[kind] for kind in kinds), *(end for kind in kinds for end in EXTENSIONS[kind])]
        )

    @property
    def many(self) -> bool:
        """Whether several files can be selected."""
        return self._files.many

    @property
    def camera(self) -> bool:
        """Whether a phone opens its camera instead of the list of its files."""
        return self._files.camera

    @property
    def limit(self) -> int:
        """Return the maximum size of a file in bytes."""
        return settings.UPLOAD_MAX_BYTES

    @property
    def address(self) -> str:
        """Return the address to which the script uploads."""
        return reverse("chosen_file")

    @cached_property
    def _files(self) -> "ChosenFileField":
        return cast(ChosenFileField, self.field)


class ChosenFileField(forms.FileField):
    """A file that a refused form keeps.

    Args:
        kinds: accepted kinds.
        help_text: describes the file; kinds and maximum size are added.
        camera: whether a phone opens its camera instead of the list of its files.
    """

    widget = ChosenFileInput
    many = False

    def __init__(
        self,
        *,
        kinds: Iterable[FileKind] = ALL_KINDS,
        help_text: Any = "",
        camera: bool = False,
        **given: Any,
    ) -> None:
        """Compose the hint lazily, in the reader's language."""
        self.kinds, self.camera = tuple(kinds), camera
        super().__init__(help_text=_hint(help_text, self), max_length=None, allow_empty_file=True, **given)

    @property
    def kinds_in_words(self) -> str:
        """Return the accepted kinds, in the reader's language."""
        return pgettext("between kinds of files", ", ").join(kind.label for kind in self.kinds)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundFiles:
        """Return the field with the files selected earlier."""
        return BoundFiles(form, self, field_name)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file: an upload or a file selected earlier.

        Raises:
            ValidationError: it is missing, no longer kept, or of another kind.
        """
        given = super().clean(data, initial)
        if given is not None:
            self.look_at(given)
        return given

    def look_at(self, given: Any) -> None:
        """Check one file.

        Raises:
            ValidationError: it is no longer kept, or of a kind that is not accepted here.
        """
        if isinstance(given, NotKept):
            raise forms.ValidationError(str(not_kept()))
        kind = given.kind if isinstance(given, ChosenContent) else kind_of(given)
        if kind is not None and kind not in self.kinds:
            raise forms.ValidationError(
                _("%(name)s is a %(kind)s file; only %(kinds)s is accepted here.")
                % {"name": given.name, "kind": kind.label, "kinds": self.kinds_in_words}
            )

    def to_python(self, data: Any) -> Any:
        """Pass a `NotKept` on, which has no name."""
        return data if isinstance(data, NotKept) else super().to_python(data)


def _told(help_text: Any, field: ChosenFileField) -> str:
    """Return the hint with kinds and maximum size."""
    words = (
        _("%(what)s %(kinds)s; at most %(limit)s MB each, several at once.")
        if field.many
        else _("%(what)s %(kinds)s; at most %(limit)s MB.")
    )
    limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
    return (words % {"what": help_text, "kinds": field.kinds_in_words, "limit": limit}).strip()


_hint = lazy(_told, str)


class ChosenFilesField(ChosenFileField):
    """One or more files."""

    widget = ChosenFilesInput
    many = True

    def clean(self, data: Any, initial: Any = None) -> list[File]:  # type: ignore[type-arg]
        """Check each file; without files return an empty list unless the field is required.

        Raises:
            ValidationError: a file is refused, or the same file is selected twice.
        """
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        given = [one for one in given if one is not None]
        if not given and not self.required:
            return []
        files = [super(ChosenFilesField, self).clean(one, initial) for one in given or [None]]
        _demand_different(files)
        return files


def _demand_different(files: Sequence[Any]) -> None:
    """Check that no file is selected twice.

    Raises:
        ValidationError: one is.
    """
    known: dict[str, str] = {}
    for file in files:
        digest = digest_of(file)
        if digest in known:
            raise forms.ValidationError(
                _("%(name)s and %(other)s: the same file is selected twice. Only one is kept; submit again.")
                % {"name": file.name, "other": known[digest]}
            )
        known[digest] = file.name


def files_in(form: forms.BaseForm, name: str) -> list[Any]:
    """Return the files of one field of a form."""
    files: Any = form.files
    return files.getlist(name) if hasattr(files, "getlist") else []


def with_names(files: "Iterable[File[Any]]") -> "list[tuple[File[Any], str]]":
    """Return the files of a form with their names, as actions take them."""
    return [(file, file.name or "file") for file in files]


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show a refusal in the form, keeping the input: at the field that it concerns, else above the form.

    A refused file concerns its file field; a form names in `refused_at` the fields of other codes.
    """
    named: Mapping[str, str] = getattr(form, "refused_at", {})
    at = _field_of_file(form, refusal) if isinstance(refusal, FileRefused) else named.get(refusal.code)
    form.add_error(at, str(refusal))


def _field_of_file(form: forms.BaseForm, refusal: FileRefused) -> str | None:
    """Return the file field with a file that the refusal names; otherwise the first; None without file fields."""
    fields = [name for name, field in form.fields.items() if isinstance(field, forms.FileField)]
    given = ((name, str(file.name)) for name in fields for file in files_in(form, name))
    return next((name for name, file in given if file in str(refusal)), next(iter(fields), None))


def renamings(form: forms.BaseForm) -> list[str]:
    """Return notes on the files of a form that were stored with another extension."""
    told = []
    uploads = (file for _field, files in form.files.lists() for file in files)
    for file in (file for file in uploads if not isinstance(file, ChosenContent | NotKept)):
        kind, name = kind_of(file), displayable_name(file.name or "")
        kept = matching_name(name, kind) if kind else None
        if kind and kept and Path(name).suffix and kept != name:
            words = _("%(name)s is a %(kind)s picture; it is kept as %(kept)s.")
            told.append(words % {"name": name, "kind": kind.label, "kept": kept})
    return told
