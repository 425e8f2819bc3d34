"""Components: reusable markup in `templates/components`.

A component with a body is a block; its template sees only its arguments, its slots and its `content`:

    {% component "group" heading=_("Letters") %} {% slot "note" %}<a href="…">…</a>{% endslot %} …
    {% endcomponent %}

A slot must be a direct child of its component. A component without a body is an `{% include … only %}`.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Template, Token, token_kwargs
from django.utils.safestring import SafeString

from zsbank.base.cases.turns import SHAPES, Tone
from zsbank.base.pages.chips import CHIPS

register = Library()


class SlotNode(Node):
    """Named content, rendered by its component."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Only a component renders a slot.

        Raises:
            TemplateSyntaxError: the slot is not a direct child of a component.
        """
        raise TemplateSyntaxError(f"slot {self.name!r} is not directly inside a component")


class ComponentNode(Node):
    """A component with its arguments and its body."""

    def __init__(self, name: str, arguments: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.arguments = name, arguments
        self.slots = [node for node in nodelist if isinstance(node, SlotNode)]
        self.nodelist = NodeList(node for node in nodelist if not isinstance(node, SlotNode))

    def render(self, context: Context) -> SafeString:
        """Render the component's template; only the body sees the surrounding context."""
        values: dict[str, Any] = {name: value.resolve(context) for name, value in self.arguments.items()}
        values |= {slot.name: _shown(slot.nodelist, context) for slot in self.slots}
        values |= {"content": _shown(self.nodelist, context), "csrf_token": context.get("csrf_token")}
        template = context.render_context.get(self)
        if template is None:
            page = cast(Template, context.template)
            template = page.engine.get_template(f"components/{self.name}.html")
            context.render_context[self] = template
        return template.render(context.new(values))


def _shown(nodelist: NodeList, context: Context) -> str:
    """Return the rendered nodes; empty if there is only whitespace, so that templates can test it."""
    text = nodelist.render(context)
    return text if text.strip() else ""


def _name(token: Token) -> tuple[str, list[str]]:
    """Return the quoted name after the tag, and the remaining arguments."""
    bits = token.split_contents()[1:]
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{token.contents!r}: a quoted name is missing")
    return bits[0][1:-1], bits[1:]


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "name" argument=value … %}…{% endcomponent %}`.

    Raises:
        TemplateSyntaxError: the name is not quoted, or an argument has no value.
    """
    name, bits = _name(token)
    arguments = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"component {name!r}: {bits[0]!r} is not an argument with a value")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, arguments, nodelist)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """`{% slot "name" %}…{% endslot %}`."""
    name, _bits = _name(token)
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


@register.inclusion_tag("components/tag.html")
def tag(tone: str, label: str) -> dict[str, str]:
    """Show text with the tone of a row, such as that of a finding, and its shape."""
    return {"tone": tone, "shape": SHAPES[Tone(tone)], "label": label}


@register.inclusion_tag("components/tag.html")
def chip(name: str, label: str = "") -> dict[str, str]:
    """Show a chip of `chips.py`, with other words if it has none of its own."""
    found = CHIPS[name]
    return {"tone": found.tone.value, "shape": found.shape, "label": label or str(found.label)}


@register.inclusion_tag("components/fact.html")
def fact(label: str, value: object) -> dict[str, object]:
    """Show one line of a list of facts (`<dl class="facts">`)."""
    return {"label": label, "value": value}
