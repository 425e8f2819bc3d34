"""Dead code: print each name in product code that is defined and never used; exit 1 if there is one.

vulture reads the code. The check lists names it cannot see used: names in templates, names declared by base classes of
libraries, fields of models, forms and serializers, and values of choices. Other exceptions are in `NEEDED` with the
reason. Tests are left out: code used only by tests is dead.
"""

import importlib
import inspect
import os
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from keyword import iskeyword
from pathlib import Path
from types import ModuleType

import django
import vulture
from django.apps import apps
from django.db.models import Choices
from django.db.models.options import DEFAULT_NAMES
from django.forms import BaseForm
from rest_framework.serializers import Serializer

ROOT = Path(__file__).resolve().parents[1]
ROOTS = ("zsbank", "banks", "admission", "inspections", "exit")
LEFT_OUT = ["*/migrations/*", "*/tests/*", "*/formats/*"]
READ_BY_NAME = (
    "zsbank/settings.py",
    "zsbank/settings_api.py",
    "zsbank/settings_bureau.py",
    "zsbank/settings_people.py",
    "zsbank/settings_safety.py",
    "zsbank/serving.py",
    "zsbank/pytest_mode.py",
)
"""Files in which every name is read by the program that loads them."""
DECORATORS = [
    "@admin.register",
    "@admin.display",
    "@shared_task",
    "@transition",
    "@register.*",
    "@checks.register",
]
NEEDED = {
    "UNFOLD": "Unfold reads it from the settings",
    "list_actions": "the router of the API finds it by its decorator",
    "_csp_config": "django-csp reads it from the response",
    "_csp_replace": "django-csp reads it from the response",
    "_csp_update": "django-csp reads it from the response",
    "keep_package_years": "the first migration of the calendar calls it; migrations are left out",
    "form_url": "an argument that Django's admin passes",
    "freeze_panes": "openpyxl writes it into the spreadsheet",
    "number_format": "openpyxl writes it into the spreadsheet",
    "quotePrefix": "openpyxl writes it into the spreadsheet",
    "get_help_text": "Django asks each password validator for it",
    "handler400": "Django reads it from the root URL configuration",
    "handler500": "Django reads it from the root URL configuration",
    "hour": "part of the cache's key, so that a description is fetched again after an hour",
    "include_format_suffixes": "an option of REST framework's router",
    "include_root_view": "an option of REST framework's router",
    "install": "migrations call it, and tests that empty the tables",
    "lookup_value_regex": "REST framework's router reads it",
    "max_redirects": "requests reads it from the session",
    "next_due": "lists name it as a column",
    "obj": "an argument that Django's admin passes",
    "process_view": "Django calls it on middleware",
    "bad_request": "zsbank/urls.py names it for Django",
    "server_error": "zsbank/urls.py names it for Django",
    "sweep_at_start": "Celery calls it when a worker is ready",
    "StrPromise": "a type of Django's stubs, in quoted annotations",
    "app_name": "Django reads it from a URL configuration",
    "auto_schema": "an argument that drf-spectacular passes",
    "extra_kwargs": "an option in the Meta of a serializer",
    "read_only_fields": "an option in the Meta of a serializer",
    "InsideSubjects": "pyproject.toml names it as a kind of import contract",
    "SubjectOrder": "pyproject.toml names it as a kind of import contract",
    "model_admin": "an argument that Django's admin passes",
    "put": "REST framework calls a view's method by the name of the request's",
    "renderer": "an argument that Django's widgets pass",
    "type_name": "import-linter reads it from a kind of contract",
    "_value_": "Python's enum reads it",
    "pytestmark": "pytest reads it from the long runs in bench",
    "test_lives": "pytest runs it from bench/lives.py",
    "test_rounds": "pytest runs it from bench/faults/rounds.py",
    "annotation": "ast writes it out",
    "returns": "ast writes it out",
    "examples": "Cosmic Ray asks an operator for them",
    "mutate": "Cosmic Ray calls it on an operator",
    "SessionScheme": "drf-spectacular finds extensions by their base class",
}
"""Names used in a way that neither vulture nor this program can see, with the reader."""

CODE_IN_TEMPLATE = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)


def product_modules() -> Iterator[ModuleType]:
    """Import and return every module of the product."""
    for root in ROOTS:
        package = importlib.import_module(root)
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{root}."):
            if not {"tests", "migrations", "formats", "celery", "serving", "pytest_mode", "wsgi"} & set(
                info.name.split(".")
            ):
                yield importlib.import_module(info.name)


def used_in_templates() -> set[str]:
    """Return every word inside a tag or a variable of a template."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    return {
        word for text in texts for code in CODE_IN_TEMPLATE.findall(text) for word in re.findall(r"\w+", code)
    }


def declared_by_libraries(own: type) -> set[str]:
    """Return attributes of an own class that a library's base class declares too."""
    bases = [base for base in own.__mro__ if base.__module__.partition(".")[0] not in ROOTS]
    return {name for name in vars(own) if any(name in vars(base) for base in bases)}


def named_in_settings() -> set[str]:
    """Return classes and functions named as text in settings and app configurations."""
    files = sorted((ROOT / "zsbank").glob("settings*.py"))
    files += [
        path for root in ROOTS for name in ("unfold.py", "*app*.py") for path in (ROOT / root).rglob(name)
    ]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return {path.rpartition(".")[2] for text in texts for path in re.findall(r'"([a-z_]+(?:\.\w+)+)"', text)}


def fields_and_choices(own: type) -> set[str]:
    """Return names used as data: in requests or in columns."""
    if issubclass(own, BaseForm):
        return {name for field in own.base_fields for name in (field, f"clean_{field}")}  # type: ignore[attr-defined]
    if issubclass(own, Serializer):
        return {name for field in map(str, own().fields) for name in (field, f"get_{field}")}
    if issubclass(own, Choices):
        return set(own.__members__)
    return set()


def read_elsewhere() -> set[str]:
    """Return all names that vulture cannot see used."""
    names = used_in_templates() | named_in_settings() | set(DEFAULT_NAMES)
    for module in product_modules():
        for _name, own in inspect.getmembers(module, inspect.isclass):
            if own.__module__ == module.__name__:
                names |= declared_by_libraries(own) | fields_and_choices(own)
    return names | {str(field.name) for model in apps.get_models() for field in model._meta.get_fields()}


def unused() -> list[vulture.core.Item]:
    """Return vulture's findings, without names used elsewhere."""
    finder = vulture.Vulture(ignore_names=["Meta", "Command", "*Config"], ignore_decorators=DECORATORS)
    with tempfile.TemporaryDirectory() as scratch:
        read = Path(scratch) / "read_elsewhere.py"
        words = sorted(name for name in read_elsewhere() if name.isidentifier() and not iskeyword(name))
        read.write_text("".join(f"_.{word}\n" for word in words), encoding="utf-8")
        finder.scavenge([*ROOTS, "bin", "bench", "manage.py", str(read)], exclude=LEFT_OUT)
    return [item for item in finder.get_unused_code() if not str(item.filename).endswith(READ_BY_NAME)]


def main() -> int:
    """Print dead code and unnecessary entries of `NEEDED`; return 1 if there are any."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    django.setup()
    found = unused()
    faults = [
        f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.typ} {item.name} is used nowhere"
        for item in found
        if not any(fnmatch(item.name, pattern) for pattern in NEEDED)
    ]
    faults += [
        f"bin/check_dead_code.py: {pattern} in NEEDED is not needed any more"
        for pattern in NEEDED
        if not any(fnmatch(item.name, pattern) for item in found)
    ]
    for fault in faults:
        print(fault)  # noqa: T201 its answer
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
