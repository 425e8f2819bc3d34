"""Own code never turns text into queries, programs, templates, markup or objects."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("zsbank", "banks", "admission", "inspections", "exit")
BY_NAME = {
    "eval": "runs text",
    "exec": "runs text",
    "compile": "runs text",
    "__import__": "runs text",
    "system": "starts a shell",
    "popen": "starts a shell",
    "getoutput": "starts a shell",
    "mark_safe": "takes text for markup",
    "SafeString": "takes text for markup",
    "RawSQL": "takes text for a query",
    "raw": "takes text for a query",
    "extra": "takes text for a query",
    "Template": "takes text for a template",
    "from_string": "takes text for a template",
}
MODULES = {
    **dict.fromkeys(("pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"), "makes objects of bytes"),
    **dict.fromkeys(("requests", "httpx", "aiohttp", "urllib.request", "urllib3"), "asks addresses"),
    **dict.fromkeys(("xml", "lxml", "libxml2"), "parses XML without care"),
    **dict.fromkeys(("ldap", "ldap3", "ctypes", "cffi", "telnetlib"), "is not used here"),
}
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
EXCUSED = {
    "zsbank/base/journal/management/commands/grant_application.py": (
        "a role's name from an operator, quoted by the database"
    ),
    "admission/decisions/triggers.py": "statements of its own, and names of its own tables in them",
    "zsbank/base/journal/triggers.py": "statements of its own, and names of its own tables in them",
    "zsbank/base/letters/triggers.py": "statements of its own, and names of its own columns in them",
    "zsbank/site/operations/backup.py": "names of two tables of ours",
    "zsbank/base/files/pdf_patterns.py": "patterns of its own, put together of parts of its own",
}
"""Where a statement or pattern is put together all the same, and of what."""
NEEDED = {
    (
        "zsbank/base/accounts/identity.py",
        "requests",
    ): "errors of what asks the identity service's own address",
    ("zsbank/base/files/office.py", "xml.etree.ElementTree"): "names of types; what parses is defusedxml",
}
"""What is imported all the same, and what of it."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every source file without tests and migrations."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def faults_of(tree: ast.AST) -> Iterator[str]:
    """Return the forbidden calls of a file, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {fault}" for fault in _call(node))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            )
            for name in names:
                why = MODULES.get(name) or MODULES.get(name.partition(".")[0])
                if why:
                    yield f"{node.lineno}: {name} {why}"


def _call(call: ast.Call) -> Iterator[str]:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    of_re = isinstance(owner, ast.Name) and owner.id == "re"
    if name in BY_NAME and not of_re and not _of_the_model(call):
        yield f"{name} {BY_NAME[name]}"
    if any(word.arg == "shell" for word in call.keywords):
        yield "a shell is asked for"
    if of_re and name != "escape" and not _fixed(call.args[0]):
        yield f"re.{name} of a pattern that is made"
    of_self = isinstance(owner, ast.Name) and owner.id == "self"  # a log handler's own
    if name == "format" and owner is not None and not _fixed(owner) and not of_self:
        yield "format of a text that is made"
    if name in ("execute", "executemany") and not _fixed(call.args[0]):
        yield f"{name} of a statement that is made"


def _of_the_model(call: ast.Call) -> bool:
    """`Template` and `compile` are also names of other things, called with a fixed text."""
    return bool(call.args) and all(isinstance(one, ast.Constant) for one in call.args)


def _fixed(node: ast.expr) -> bool:
    """Whether a text is constant: a literal, a name in capitals, or an item of such a table."""
    if isinstance(node, ast.Subscript):
        return _fixed(node.value)
    if isinstance(node, ast.Name):
        return CONSTANT.fullmatch(node.id) is not None
    return isinstance(node, ast.Constant)


def test_no_text_becomes_code_markup_or_objects() -> None:
    wrong = {name: list(faults_of(tree)) for name, tree in sources()}
    unexpected = {
        name: [
            fault
            for fault in faults
            if (name not in EXCUSED or "that is made" not in fault)
            and not any(name == file and f": {module} " in fault for file, module in NEEDED)
        ]
        for name, faults in wrong.items()
    }
    assert {name: faults for name, faults in unexpected.items() if faults} == {}
    assert all(wrong[name] for name in EXCUSED)
    assert len(wrong) > 150


@pytest.mark.parametrize(
    "line",
    [
        "eval(given)",
        "os.system(given)",
        "subprocess.run(given, shell=True)",
        "mark_safe(given)",
        "Model.objects.raw(given)",
        "rows.extra(where=[given])",
        "cursor.execute(f'SELECT {given}')",
        "cursor.execute('SELECT ' + given)",
        "Template(given)",
        "re.compile(given)",
        "given.format(1)",
        "import pickle",
        "from urllib.request import urlopen",
        "from lxml import etree",
    ],
)
def test_control_each_fault_is_found(line: str) -> None:
    assert list(faults_of(ast.parse(line)))


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    """Every own file under `templates` and `static` with this ending."""
    for folder in ("templates", "static"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


UNESCAPED = re.compile(
    r"\|\s*safe\b|\|\s*safeseq\b|autoescape off|\son[a-z]+=|javascript:|"
    r"<script(?![^>]*(\bsrc=|type=\"application/json\"))|"
    r"\bx-data\b|\bstyle=\"[^\"]*\{\{"
)
ACTING = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|"
    r"addEventListener\(\"message\"|localStorage|sessionStorage|document\.cookie|__proto__|https?://"
)


def test_templates_escape_everything_and_have_no_script() -> None:
    found = {name: UNESCAPED.findall(text) for name, text in texts(".html", ".txt")}
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) > 80


def test_scripts_insert_text_only_and_accept_no_messages() -> None:
    found = {name: ACTING.findall(text) for name, text in texts(".js")}
    assert {name: words for name, words in found.items() if words} == {}
    assert found


def test_only_json_is_deserialised() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert settings.REST_FRAMEWORK["DEFAULT_PARSER_CLASSES"] == ["zsbank.site.api.parsing.Json"]
