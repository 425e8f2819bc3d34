"""Hooks before a commit, CI steps, and licences."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from bin import check_licences
from zsbank.base.calendar.models import HolidayDay, HolidayYear
from zsbank.base.calendar.tests.factories import in_force

ROOT = settings.BASE_DIR
NOT_BEFORE_A_COMMIT = {"set-up", "suite-on-sqlite", "suite-on-servers", "compose", "smoke"}
"""Steps of CI that take minutes, or need what a commit does not."""


def steps() -> list[str]:
    """The names of the steps of .ci/run, in order."""
    return re.findall(r"^step (\S+) ", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)


def hooks() -> list[dict[str, Any]]:
    """The hooks of .pre-commit-config.yaml."""
    [repository] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    return list(repository["hooks"])


def test_no_product_file_has_over_300_lines() -> None:
    product = [
        path
        for folder in ("zsbank", "banks", "admission", "inspections", "exit", "templates", "static", "bin")
        for kind in ("*.py", "*.html", "*.css", "*.js")
        for path in (ROOT / folder).rglob(kind)
        if not {"tests", "migrations"} & set(path.parts)
    ]
    assert len(product) > 500
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in product}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_hooks_are_the_quick_ci_steps_in_order() -> None:
    assert [hook["id"] for hook in hooks()] == [name for name in steps() if name not in NOT_BEFORE_A_COMMIT]
    assert set(steps()) > NOT_BEFORE_A_COMMIT


def test_hooks_run_their_step_and_fetch_nothing() -> None:
    for hook in hooks():
        assert (hook["entry"], hook["language"]) == (f".ci/run {hook['id']}", "unsupported")


@pytest.mark.django_db(transaction=True)
def test_emptied_database_has_the_years_of_holidays() -> None:
    kept = set(HolidayYear.objects.values_list("year", flat=True))
    in_force(2099, {"2099-01-01": "元旦"})

    call_command("flush", interactive=False)

    assert set(HolidayYear.objects.values_list("year", flat=True)) == kept != set()
    assert HolidayDay.objects.exists()


def test_processes_of_the_suite_share_no_folder(tmp_path: Path) -> None:
    said = [
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from zsbank import folders, pytest_mode as _; print(folders.Folders.from_environment().data)",
            ],
            cwd=settings.BASE_DIR,
            env=os.environ | {"ZSBANK_DATA": str(tmp_path), "PYTEST_XDIST_WORKER": worker},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for worker in ("gw0", "gw1")
    ]
    assert said == [str(tmp_path / "gw0"), str(tmp_path / "gw1")]


def test_development_container_has_the_images_python() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    [base] = re.findall(r"^FROM (\S+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert container["image"] == base.replace("-slim", "")


def test_licence_matches_the_metadata() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (project["license"], project["license-files"]) == ("Apache-2.0", ["LICENSE"])
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("licence", ["MIT", "MIT OR GPL-3.0", "BSD License; Apache-2.0", "MIT AND PSF-2.0"])
def test_licence_with_an_allowed_alternative_is_allowed(licence: str) -> None:
    allowed = {"MIT", "BSD License", "Apache-2.0", "PSF-2.0"}
    assert check_licences.is_allowed(licence, allowed)


@pytest.mark.parametrize("licence", ["GPL-3.0", "MIT AND GPL-3.0", "MIT License; Proprietary", "UNKNOWN"])
def test_control_forbidden_licence_is_found(licence: str) -> None:
    table = {"allowed": ["MIT", "MIT License"], "packages": {}}
    [fault] = check_licences.faults_of_packages({"left-pad": licence}, table)
    assert fault.startswith("left-pad: ")


def test_control_changed_licence_and_unused_entry_are_found() -> None:
    entry = {"licence": "LGPL", "reason": "a library"}
    table = {"allowed": ["MIT"], "packages": {"one": entry, "two": entry, "three": entry}}
    faults = check_licences.faults_of_packages({"one": "GPL", "two": "MIT"}, table)
    assert [fault.partition(":")[0] for fault in faults] == ["one", "two", "three"]


def test_every_licence_exception_has_a_reason() -> None:
    table = tomllib.loads((ROOT / "requirements/licences.toml").read_text(encoding="utf-8"))
    entries = [*table["packages"].values(), *table["fonts"].values()]
    assert all(len(entry["reason"]) > 10 for entry in entries)
    assert check_licences.fetched_fonts() == set(table["fonts"])
