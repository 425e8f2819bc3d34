"""An outlet as the cells of a spreadsheet, in the words that reading takes."""

from typing import Any

from banks.outlets.columns import COLUMNS
from banks.outlets.import_sheet.readers import service_names
from banks.outlets.models import Outlet


def text_of(name: str, value: Any) -> str:
    """A field as its cell says it; blank where there is nothing."""
    if name == "open_for_card_business":
        return "是" if value else "否"
    if name == "services":
        words = {service: word for word, service in service_names().items()}
        return "、".join(words.get(service, service) for service in value)
    return str(value)


def texts_of(outlet: Outlet) -> dict[str, str]:
    """All cells of an outlet, by field."""
    return {name: text_of(name, getattr(outlet, name)) for name in COLUMNS.values()}
