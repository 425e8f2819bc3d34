"""Form fields for files: what was chosen stays chosen until the form is taken."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files import File
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zsbank.base.files.chosen import ChosenContent, NotKept, digest_of, not_kept
from zsbank.base.files.kinds import CONTENT_TYPES, EXTENSIONS, kind_of
from zsbank.base.files.models import FileKind
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.refusals import FileRefused, Refused

CHOSEN = "-chosen"
"""How the names end under which a form sends the tokens of the files that were chosen before, field by field."""

ALL_KINDS = tuple(FileKind)


class ChosenFileInput(forms.FileInput):
    """An input for a file; `components/chosen_files.html` shows it."""


class ChosenFilesInput(ChosenFileInput):
    """An input for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files that were given; Django asks for this method by itself."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class BoundFiles(forms.BoundField):
    """A field for files on a page: with what was chosen before."""

    @property
    def chosen(self) -> list[ChosenContent]:
        """What is kept for this field."""
        return [given for given in files_in(self.form, self.name) if isinstance(given, ChosenContent)]

    @property
    def token_name(self) -> str:
        """The name under which the tokens are sent."""
        return f"{self.name}{CHOSEN}"

    @property
    def accept(self) -> str:
        """What the browser offers; a phone makes a JPEG of a photograph where only JPEG is asked for."""
        kinds = self._files.kinds
        return ",".join(
            [*(CONTENT_TYPES[kind] for kind in kinds), *(end for kind in kinds for end in EXTENSIONS[kind])]
        )

    @property
    def many(self) -> bool:
        """Whether several can be chosen."""
        return self._files.many

    @property
    def limit(self) -> int:
        """How many bytes a file may have."""
        return settings.UPLOAD_MAX_BYTES

    @property
    def address(self) -> str:
        """Where a script sends a file to as soon as it was chosen."""
        return reverse("chosen_file")

    @cached_property
    def _files(self) -> "ChosenFileField":
        return cast(ChosenFileField, self.field)


class ChosenFileField(forms.FileField):
    """A file, of which a refused form remembers that it was chosen.

    Args:
        kinds: those that are taken.
        help_text: what the file shows; which kinds are taken, and how large a file may be, is added to it.
    """

    widget = ChosenFileInput
    many = False

    def __init__(self, *, kinds: Iterable[FileKind] = ALL_KINDS, help_text: Any = "", **given: Any) -> None:
        """The hint is put together when it is shown, in the reader's language."""
        self.kinds = tuple(kinds)
        super().__init__(help_text=_hint(help_text, self), max_length=None, allow_empty_file=True, **given)

    @property
    def kinds_in_words(self) -> str:
        """The kinds that are taken, in the reader's language."""
        return pgettext("between kinds of files", ", ").join(kind.label for kind in self.kinds)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundFiles:
        """With what was chosen before."""
        return BoundFiles(form, self, field_name)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file: an upload, or what was chosen before.

        Raises:
            ValidationError: it is missing, not kept any more, or of another kind.
        """
        given = super().clean(data, initial)
        if given is not None:
            self.look_at(given)
        return given

    def look_at(self, given: Any) -> None:
        """Look at one file that was given.

        Raises:
            ValidationError: it is not kept any more, or of a kind that is not taken here.
        """
        if isinstance(given, NotKept):
            raise forms.ValidationError(str(not_kept()))
        kind = given.kind if isinstance(given, ChosenContent) else kind_of(given)
        if kind is not None and kind not in self.kinds:
            raise forms.ValidationError(
                _("%(name)s is a %(kind)s file; %(kinds)s is asked for here.")
                % {"name": given.name, "kind": kind.label, "kinds": self.kinds_in_words}
            )

    def to_python(self, data: Any) -> Any:
        """A file that is not kept has no name, which is not what Django should say of it."""
        return data if isinstance(data, NotKept) else super().to_python(data)


def _told(help_text: Any, field: ChosenFileField) -> str:
    """What a file shows, which kinds are taken, and how large it may be."""
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
        """Each file checked like a single one; none is an empty list where none is needed.

        Raises:
            ValidationError: of a file, or the same file was chosen twice.
        """
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        given = [one for one in given if one is not None]
        if not given and not self.required:
            return []
        files = [super(ChosenFilesField, self).clean(one, initial) for one in given or [None]]
        _demand_different(files)
        return files


def _demand_different(files: Sequence[Any]) -> None:
    """Whether no file was chosen twice.

    Raises:
        ValidationError: one was; it is kept once.
    """
    known: dict[str, str] = {}
    for file in files:
        digest = digest_of(file)
        if digest in known:
            raise forms.ValidationError(
                _("%(name)s is the same file as %(other)s. It is kept once; submit again.")
                % {"name": file.name, "other": known[digest]}
            )
        known[digest] = file.name


def files_in(form: forms.BaseForm, name: str) -> list[Any]:
    """What a form was given for one of its fields for files."""
    files: Any = form.files
    return files.getlist(name) if hasattr(files, "getlist") else []


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show a refusal in the form, keeping the input: a refused file at its field, others above the form."""
    fields = (name for name, field in form.fields.items() if isinstance(field, forms.FileField))
    form.add_error(next(fields, None) if isinstance(refusal, FileRefused) else None, str(refusal))
