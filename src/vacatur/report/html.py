"""Markup that cannot be injected into: every plain string is text, only what this module made is markup.

Names, titles and quotations come from lists and papers and may hold anything. A `str` given to `el` is always escaped;
an `Html` is passed through. There is no third way in.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

VOID = frozenset({"meta", "br", "img", "input", "link", "hr"})

_DROPPED = dict.fromkeys((*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F),
                          *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))  # fmt: skip
"""What no document may hold, and the signs that turn the direction of whatever follows them."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = Html | str | None
Value = str | int | float | None


def text(words: str) -> Html:
    """Plain words as markup. Control characters, which no document may hold, are dropped, and so are signs that turn
    the direction of the words after them: none of a list's names can rewrite the sentence in which it stands.
    """
    return Html(escape(words.translate(_DROPPED), quote=True))


def join(children: Iterable[Child], between: str = "") -> Html:
    """Children in order, each escaped unless it is markup."""
    parts = (child if isinstance(child, Html) else text(child) for child in children if child is not None)
    return Html(text(between).join(parts))


def el(tag: str, *children: Child, **attributes: Value) -> Html:
    """An element. In attribute names a trailing `_` is dropped and `_` reads `-`; an attribute of None is left out."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{said}>" if tag in VOID else f"<{tag}{said}>{join(children)}</{tag}>")


def link(words: Child, url: str) -> Html:
    """A link to the outside, when `url` is an ordinary web address; the words alone when it is anything else."""
    if (address := web_address(url)) is None:
        return join([words])
    return el("a", words, href=address, rel="noreferrer noopener")


def web_address(url: str) -> str | None:
    """The address if it is `http` or `https` with a host, else None: `javascript:` and its like never become links."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _value(value: str | int | float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
