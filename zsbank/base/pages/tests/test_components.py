"""Components as the pages use them: arguments, slots, content, and nothing of what surrounds them."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

LOAD = "{% load components %}"


def rendered(source: str, **values: object) -> str:
    """The text with one space for each run of them."""
    return " ".join(Template(LOAD + source).render(Context(values)).split())


def test_a_component_shows_its_arguments_and_its_content() -> None:
    page = rendered(
        '{% component "panel" heading=title %}<p>{{ text }}</p>{% endcomponent %}', title="甲", text="乙"
    )
    assert page == '<section class="panel" > <h2>甲</h2> <p>乙</p> </section>'


def test_arguments_are_escaped_once_and_slots_are_markup() -> None:
    source = '{% component "panel" heading=title %}{{ text }}{% endcomponent %}'
    assert "<h2>&lt;b&gt;</h2> &lt;i&gt;" in rendered(source, title="<b>", text="<i>")
    source = '{% component "panel" %}{% slot "heading" %}<em>{{ title }}</em>{% endslot %}{% endcomponent %}'
    assert "<h2><em>&lt;b&gt;</em></h2>" in rendered(source, title="<b>")


def test_a_slot_that_shows_nothing_counts_as_none() -> None:
    heading = '{% slot "heading" %}{% if title %}{{ title }}{% endif %}{% endslot %}'
    source = '{% component "panel" %}' + heading + "{% endcomponent %}"
    assert "<h2>" not in rendered(source)
    assert "<h2>甲</h2>" in rendered(source, title="甲")


def test_what_surrounds_a_component_is_seen_by_its_content_only() -> None:
    page = rendered('{% component "panel" %}{{ heading }}{% endcomponent %}', heading="of the page")
    assert page == '<section class="panel" > of the page </section>'


def test_components_stand_inside_components_and_keep_their_slots_apart() -> None:
    source = (
        '{% component "group" heading="outer" %}{% slot "note" %}1{% endslot %}'
        '{% component "group" heading="inner" %}{% slot "note" %}2{% endslot %}{% endcomponent %}'
        "{% endcomponent %}"
    )
    assert rendered(source) == (
        '<section class="group" > <header> <h2>outer</h2> 1 </header> '
        '<section class="group" > <header> <h2>inner</h2> 2 </header> </section> </section>'
    )


def test_a_form_has_the_token_of_the_page() -> None:
    request = RequestFactory().get("/")
    page = Template(LOAD + '{% component "form" submit="Go" %}{% endcomponent %}')
    assert "csrfmiddlewaretoken" in page.render(Context({"request": request, "csrf_token": "x"}))


def test_tags_and_facts_are_one_line_where_they_are_used() -> None:
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
def test_a_mistake_is_an_error_and_not_a_missing_piece(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered(source)
