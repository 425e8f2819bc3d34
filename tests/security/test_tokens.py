"""Every form that changes something carries its token; `tests/walk/test_forms.py` looks at the pages."""

import re
from pathlib import Path

from django.conf import settings

FORM = re.compile(r"<form\b(.*?)>(.*?)</form>", re.DOTALL)
POSTS = re.compile(r"method=\"post\"|hx-post", re.IGNORECASE)
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").glob("**/*.html"))


def test_every_form_of_a_template_has_its_token() -> None:
    posting = [
        (str(file.relative_to(settings.BASE_DIR)), inside)
        for file in TEMPLATES
        for attributes, inside in FORM.findall(file.read_text(encoding="utf-8"))
        if POSTS.search(attributes)
    ]
    assert len(posting) > 20
    assert [file for file, inside in posting if "{% csrf_token %}" not in inside] == []
