"""The shipped edition equals the bureau's text and stays as published."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from admission.editions.actions import edition_files, load_edition
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.rules import faults_of
from zsbank.base.refusals import Refused

pytestmark = pytest.mark.django_db
BUREAU_TEXT = (Path(__file__).parent / "mechanism.txt").read_text(encoding="utf-8")


def test_official_text_equals_the_bureaus() -> None:
    call_command("load_policy", verbosity=0)

    admission = BUREAU_TEXT.split("中山市社保卡合作银行资格退出机制")[0]
    texts = dict(re.findall(r"^[ 　]*([0-9]+)．(.*)$", admission, re.MULTILINE))
    kept = {str(criterion.number): criterion.official_text for criterion in Criterion.objects.all()}
    assert kept == {number: text.strip() for number, text in texts.items()}
    assert len(kept) == 24


def test_criteria_are_complete_in_both_languages() -> None:
    load_edition(edition_files()[0])

    for criterion in Criterion.objects.all():
        assert criterion.title_zh
        assert criterion.title_en
        assert criterion.guidance_zh
        assert criterion.guidance_en
        assert faults_of(criterion) == []


def test_loading_twice_is_idempotent() -> None:
    assert load_edition(edition_files()[0])
    assert not load_edition(edition_files()[0])
    assert PolicyEdition.objects.count() == 1


def test_changed_file_of_published_edition_is_refused(tmp_path: Path) -> None:
    [path] = edition_files()
    load_edition(path)
    changed = tmp_path / path.name
    changed.write_text(
        path.read_text(encoding="utf-8").replace("bar_years = 5", "bar_years = 3"), encoding="utf-8"
    )

    with pytest.raises(Refused):
        load_edition(changed)
    assert PolicyEdition.objects.get().bar_years == 5
