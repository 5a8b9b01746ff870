"""What a definition says in plain English, as HTML."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


_HEADINGS = re.compile(r"(?m)^(#+ )")
_END = "\nSHA-256 of the text"


def rules_of(explained: str) -> str:
    """The rules alone: without the title, what they are of and the hash, which a page says elsewhere."""
    begin = explained.index("## ")
    return explained[begin:].partition(_END)[0]


def as_words(markdown: str) -> str:
    """The text without the marks for headings, bold and code, for where lines are compared."""
    return _HEADINGS.sub("", markdown).replace("**", "").replace("`", "")


def as_html(markdown: str, *, lower: int = 1) -> SafeString:
    """Markdown as HTML, its headings so many levels lower; HTML in it is shown, not obeyed."""
    tokens = _MARKDOWN.parse(markdown)
    for token in tokens:
        if token.tag in {"h1", "h2", "h3", "h4"}:
            token.tag = f"h{int(token.tag[1]) + lower}"
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
