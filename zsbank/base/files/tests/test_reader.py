"""The program that looks through pictures and office files: its verdicts, and what follows a failure."""

import io

import pytest

from zsbank.base.files import confined, content, reader
from zsbank.base.files.confined import Limits
from zsbank.base.files.content import LIMITS, check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.pdf import SECONDS
from zsbank.base.files.tests.bad_office import BAD_OFFICE, GOOD_OFFICE
from zsbank.base.files.tests.bad_pictures import GOOD_PICTURES
from zsbank.base.refusals import FileRefused

PICTURE = GOOD_PICTURES["PNG"]()


@pytest.fixture(autouse=True)
def in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the program; most tests look through these kinds in their own process."""

    def answer(data: bytes, kind: FileKind) -> str:
        try:
            said = confined.output_of("zsbank.base.files.reader", data, content.LIMITS, kind.value)
        except (confined.Stopped, confined.Failed):
            return ""
        return said.decode()

    monkeypatch.setattr(content, "answer", answer)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PICTURE, FileKind.PNG),
        (GOOD_OFFICE["OFD"](), FileKind.OFD),
        (GOOD_OFFICE["DOCX"](), FileKind.DOCX),
        (GOOD_OFFICE["XLSX"](), FileKind.XLSX),
        (BAD_OFFICE["DOCX with a changed byte"][0](), FileKind.DOCX),
    ],
)
def test_verdict_is_that_of_the_same_look_here(data: bytes, kind: FileKind) -> None:
    assert content.answer(data, kind) == reader.word_for(data, kind) != ""


def code_of(kind: FileKind, data: bytes = PICTURE) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(FileRefused, match="材料") as caught:
        check_content(io.BytesIO(data), kind, "材料")
    return caught.value.code


@pytest.mark.parametrize("kind", [kind for kind in FileKind if kind != FileKind.PDF])
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="it crashes"),
        pytest.param("raise MemoryError", id="it runs out of memory"),
        pytest.param("while True: pass", id="it takes too long"),
        pytest.param("print('something else')", id="it says what nobody expects"),
    ],
)
def test_file_is_refused_when_the_program_fails(
    kind: FileKind, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "START", code)
    monkeypatch.setattr(content, "LIMITS", Limits(0.5, 5, 1024**3))
    assert code_of(kind) == "hidden"


def test_every_kind_has_the_same_budget() -> None:
    assert (LIMITS.seconds, LIMITS.processor_seconds, LIMITS.memory_bytes) == (SECONDS, 15, 1024**3)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        pytest.param("bytes(2 * 1024**3)", "MemoryError", id="take memory"),
        pytest.param("import os; print(os.environ.get('DATABASE_URL', 'none'))", "none", id="see variables"),
        pytest.param(
            "from django.conf import settings; settings.SECRET_KEY", "ImproperlyConfigured", id="settings"
        ),
        pytest.param("open('/tmp/zsbank-written', 'w').write('x' * 100_000)", "OSError", id="write a file"),
    ],
)
def test_program_is_kept_from(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = 'runpy.run_module(module, run_name="__main__", alter_sys=True)'
    assert run in confined.START
    started = f"try:\n    exec({code!r})\nexcept BaseException as error:\n    print(type(error).__name__)"
    monkeypatch.setattr(confined, "START", confined.START.replace(run, started))
    assert said in confined.output_of("any", b"", LIMITS).decode()
