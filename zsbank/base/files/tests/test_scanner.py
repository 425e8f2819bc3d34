"""The scanner's client over real sockets: clean, infected, or an outage; never a guess."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from zsbank.base.files import scanner
from zsbank.base.files.scanner import ScannerOutage
from zsbank.base.files.tests.clamd import (
    SIGNATURE,
    Clamd,
    Manner,
    clamd_on_tcp,
    clamd_on_unix,
    eicar,
    port_of_nobody,
)


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    """A clamd that the register has been told of, on a socket of either kind."""
    with clamd_on_unix(tmp_path / "clamd.sock") if request.param == "unix" else clamd_on_tcp() as running:
        settings.CLAMAV_SOCKET = running.address
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second is too long."""
    monkeypatch.setattr(scanner, "SCANNING", 0.3)
    monkeypatch.setattr(scanner, "PINGING", 0.3)


def test_it_is_there(clamd: Clamd) -> None:
    scanner.ping()


def test_what_is_clean_is_heard_to_its_last_byte(clamd: Clamd) -> None:
    content = bytes(range(256)) * 5000
    assert scanner.look_through(io.BytesIO(content)).clean
    assert clamd.heard == [content]


def test_an_empty_file_is_clean(clamd: Clamd) -> None:
    assert scanner.look_through(io.BytesIO(b"")).clean


def test_what_is_infected_is_named(clamd: Clamd) -> None:
    answer = scanner.look_through(io.BytesIO(b"%PDF-" + b" " * scanner.BLOCK + eicar()))
    assert (answer.clean, answer.signature) == (False, SIGNATURE)


@pytest.mark.parametrize("manner", ["garbage", "silent", "cut", "half", "deaf", "too_large", "endless"])
def test_any_other_answer_is_an_outage(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage):
        scanner.look_through(io.BytesIO(b"x" * 3_000_000))


def test_a_file_over_its_limit_is_told_in_its_words(clamd: Clamd) -> None:
    clamd.manner = "too_large"
    with pytest.raises(ScannerOutage, match="size limit exceeded"):
        scanner.look_through(io.BytesIO(b"x" * 10))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manner", ["hangs", "slow"])
def test_one_that_takes_too_long_is_an_outage(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage, match=r"(?i)time"):
        scanner.look_through(io.BytesIO(eicar()))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manner", ["garbage", "deaf", "hangs"])
def test_one_that_does_not_say_pong_is_not_there(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage):
        scanner.ping()


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_nobody_at_the_socket_is_an_outage(kind: str, tmp_path: Path, settings: Settings) -> None:
    nobody = {"unix": f"unix:{tmp_path / 'none.sock'}", "tcp": f"tcp:127.0.0.1:{port_of_nobody()}"}
    settings.CLAMAV_SOCKET = nobody[kind]
    with pytest.raises(ScannerOutage):
        scanner.ping()
