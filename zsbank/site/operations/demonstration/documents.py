"""Documents of the demonstration: small PDF files with a title."""

from functools import cache

from django.core.files.base import ContentFile
from django.utils.html import escape
from weasyprint import HTML

STYLE = (
    "body{font:16pt 'LXGW WenKai','Noto Serif CJK SC',serif;margin:20mm}h1{font-size:22pt;text-align:center}"
)


@cache
def _pdf(title: str, text: str) -> bytes:
    page = (
        f"<style>{STYLE}</style><h1>{escape(title)}</h1><p>{escape(text)}</p><p>（演示材料，内容为虚构）</p>"
    )
    return bytes(HTML(string=page).write_pdf())


def paper(title: str, text: str = "本材料用于演示，不是真实文件。") -> ContentFile:  # type: ignore[type-arg]
    """A document to submit."""
    return ContentFile(_pdf(title, text), name=f"{title}.pdf")
