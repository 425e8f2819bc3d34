"""The scanner client over real sockets: clean, infected, or an outage."""

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
    """The configured clamd, on either kind of socket."""
    with clamd_on_unix(tmp_path / "clamd.sock") if request.param == "unix" else clamd_on_tcp() as running:
        settings.CLAMAV_SOCKET = running.address
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short timeouts."""
    monkeypatch.setattr(scanner, "SCAN_SECONDS", 0.3)
    monkeypatch.setattr(scanner, "PING_SECONDS", 0.3)


def test_ping_succeeds(clamd: Clamd) -> None:
    scanner.ping()


def test_clean_file_is_sent_completely(clamd: Clamd) -> None:
    content = bytes(range(256)) * 5000
    assert scanner.scan(io.BytesIO(content)).clean
    assert clamd.heard == [content]


def test_empty_file_is_clean(clamd: Clamd) -> None:
    assert scanner.scan(io.BytesIO(b"")).clean


def test_infected_file_has_signature(clamd: Clamd) -> None:
    answer = scanner.scan(io.BytesIO(b"%PDF-" + b" " * scanner.BLOCK + eicar()))
    assert (answer.clean, answer.signature) == (False, SIGNATURE)


@pytest.mark.parametrize("manner", ["garbage", "silent", "cut", "half", "deaf", "too_large", "endless"])
def test_invalid_answer_is_outage(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage):
        scanner.scan(io.BytesIO(b"x" * 3_000_000))


def test_file_over_scanner_limit_is_outage_with_reason(clamd: Clamd) -> None:
    clamd.manner = "too_large"
    with pytest.raises(ScannerOutage, match="size limit exceeded"):
        scanner.scan(io.BytesIO(b"x" * 10))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manner", ["hangs", "slow"])
def test_slow_scan_is_outage(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage, match=r"(?i)time"):
        scanner.scan(io.BytesIO(eicar()))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manner", ["garbage", "deaf", "hangs"])
def test_ping_without_pong_is_outage(clamd: Clamd, manner: Manner) -> None:
    clamd.manner = manner
    with pytest.raises(ScannerOutage):
        scanner.ping()


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_missing_scanner_is_outage(kind: str, tmp_path: Path, settings: Settings) -> None:
    nobody = {"unix": f"unix:{tmp_path / 'none.sock'}", "tcp": f"tcp:127.0.0.1:{port_of_nobody()}"}
    settings.CLAMAV_SOCKET = nobody[kind]
    with pytest.raises(ScannerOutage):
        scanner.ping()
