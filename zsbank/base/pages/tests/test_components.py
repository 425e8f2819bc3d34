"""Components: arguments, slots, content, and isolation from the surrounding context."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

LOAD = "{% load components %}"


def rendered(source: str, **values: object) -> str:
    """Return the rendered text with normalised whitespace."""
    return " ".join(Template(LOAD + source).render(Context(values)).split())


def test_component_shows_arguments_and_content() -> None:
    page = rendered(
        '{% component "panel" heading=title %}<p>{{ text }}</p>{% endcomponent %}', title="甲", text="乙"
    )
    assert page == '<section class="panel" > <h2>甲</h2> <p>乙</p> </section>'


def test_arguments_are_escaped_and_slots_are_markup() -> None:
    source = '{% component "panel" heading=title %}{{ text }}{% endcomponent %}'
    assert "<h2>&lt;b&gt;</h2> &lt;i&gt;" in rendered(source, title="<b>", text="<i>")
    source = '{% component "panel" %}{% slot "heading" %}<em>{{ title }}</em>{% endslot %}{% endcomponent %}'
    assert "<h2><em>&lt;b&gt;</em></h2>" in rendered(source, title="<b>")


def test_empty_slot_counts_as_missing() -> None:
    heading = '{% slot "heading" %}{% if title %}{{ title }}{% endif %}{% endslot %}'
    source = '{% component "panel" %}' + heading + "{% endcomponent %}"
    assert "<h2>" not in rendered(source)
    assert "<h2>甲</h2>" in rendered(source, title="甲")


def test_only_content_sees_surrounding_context() -> None:
    page = rendered('{% component "panel" %}{{ heading }}{% endcomponent %}', heading="of the page")
    assert page == '<section class="panel" > of the page </section>'


def test_nested_components_have_separate_slots() -> None:
    source = (
        '{% component "group" heading="outer" %}{% slot "note" %}1{% endslot %}'
        '{% component "group" heading="inner" %}{% slot "note" %}2{% endslot %}{% endcomponent %}'
        "{% endcomponent %}"
    )
    assert rendered(source) == (
        '<section class="group" > <header> <h2>outer</h2> 1 </header> '
        '<section class="group" > <header> <h2>inner</h2> 2 </header> </section> </section>'
    )


def test_form_component_has_csrf_token() -> None:
    request = RequestFactory().get("/")
    page = Template(LOAD + '{% component "form" submit="Go" %}{% endcomponent %}')
    assert "csrfmiddlewaretoken" in page.render(Context({"request": request, "csrf_token": "x"}))


def test_tag_and_fact_render_markup() -> None:
    assert rendered('{% tag "wait" "丙" %}') == (
        '<span class="tag wait"> <span aria-hidden="true">◐</span> 丙 </span>'
    )
    assert rendered('{% fact "甲" value %}', value="<b>") == "<dt>甲</dt> <dd>&lt;b&gt;</dd>"


@pytest.mark.parametrize(
    "source",
    [
        "{% component panel %}{% endcomponent %}",
        "{% component %}{% endcomponent %}",
        '{% component "panel" heading %}{% endcomponent %}',
        '{% component "panel" %}',
        '{% slot "heading" %}{% endslot %}',
        '{% component "panel" %}{% if 1 %}{% slot "heading" %}{% endslot %}{% endif %}{% endcomponent %}',
    ],
)
def test_wrong_use_of_component_is_syntax_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered(source)
