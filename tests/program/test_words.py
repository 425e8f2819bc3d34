"""One word for one thing in the Chinese of the program, and no words that belong to something else."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from admission.applications.actions.applications import start_application
from admission.editions.models import PolicyEdition
from admission.review.forms import site_visit_form
from banks.register.models import Bank
from zsbank.base.accounts.models import User

CATALOGUE = Path(settings.BASE_DIR, "locale/zh_Hans/LC_MESSAGES/django.po")
MSGSTR = re.compile(r'^msgstr(?:\[\d\])? "(.*)"$', re.MULTILINE)
FORBIDDEN: dict[str, str] = {
    "错误代码": "验证码不正确",
    "恢复代码": "恢复码",
    "恢复码集": "恢复码",
    "身份验证器": "动态口令",
    "验证器应用": "动态口令应用",
    "定稿": "定案",
    "确定日期": "定案日期",
    "感谢您使用": "",
}
"""Words that the program does not use, with the one it uses for the thing."""
OF_ALLAUTH = (
    "Incorrect code.",
    "Recovery Codes",
    "Authenticator App",
    "Authenticator code",
)


def chinese() -> list[str]:
    """Return all translations."""
    return MSGSTR.findall(CATALOGUE.read_text(encoding="utf-8"))


def test_catalogue_uses_one_word_for_one_thing() -> None:
    said = chinese()
    assert len(said) > 1000
    assert [(word, text) for word in FORBIDDEN for text in said if word in text] == []


def test_control_other_words_are_found() -> None:
    assert MSGSTR.findall('msgid "x"\nmsgstr "错误代码"\n') == ["错误代码"]


@pytest.mark.parametrize("message", OF_ALLAUTH)
def test_words_of_allauth_are_the_programs(message: str) -> None:
    with override("zh-hans"):
        said = gettext(message)
    assert said != message
    assert not [word for word in FORBIDDEN if word in said], said


@pytest.mark.django_db
def test_report_of_a_site_visit_is_not_called_rectification(
    bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    with override("zh-hans"):
        labels = [str(field.label) for field in site_visit_form(application).base_fields.values()]
    assert "现场" in "".join(labels)
    assert not [label for label in labels if "整改" in label]
