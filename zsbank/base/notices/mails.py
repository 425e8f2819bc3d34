"""Subject and text of a mail, from its message: bank, case number, what to do, by when, and the link."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import override

from zsbank.base.calendar.wording import until
from zsbank.base.notices.models import Message
from zsbank.base.office import signature


def subject_of(message: Message) -> str:
    """Return the subject: what it is, for which bank and case, and by when."""
    about = f"：{message.about}" if message.about else ""
    due = f"，{until(message.due)}" if message.due else ""
    return f"{message.title}{about}{due}"


def text_of(message: Message) -> str:
    """Return the plain text, with the part that is sent once only, signed by the bureau."""
    with override(settings.LANGUAGE_CODE):
        end = signature()
    greeting = f"{message.recipient}：\n\n" if message.recipient else ""
    particulars = "".join(f"{line}\n" for line in _particulars(message))
    body = f"{greeting}{message.body.strip()}\n{message.once}"
    return f"{body}\n{particulars}\n{end}" if particulars else f"{body}\n{end}"


def _particulars(message: Message) -> Iterator[str]:
    """Yield the facts of a message to a person with an account."""
    if message.about:
        yield f"银行和办件：{message.about}"
    if message.due:
        yield f"期限：{until(message.due)}"
    if message.recipient:
        yield f"查看：{settings.SITE_ADDRESS}{message.get_absolute_url()}"
