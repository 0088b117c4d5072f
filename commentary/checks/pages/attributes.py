"""Words and addresses in the attributes of an element; places.toml names them."""

from collections.abc import Iterator, Mapping

from commentary.checks.pages.chars import EMPTY, Chars
from commentary.checks.pages.words import listed, names

Attributes = Mapping[str, Chars]


def asides(tag: str, attributes: Attributes) -> Iterator[tuple[str, Chars]]:
    """Yield words that stand outside the running text, each with what its place is called."""
    if tag == "meta":
        name = _meta(attributes, "names")
        if name:
            yield f"meta {name}", attributes.get("content", EMPTY)
        return
    for name, kind in listed("attributes").items():
        if name in attributes:
            yield kind, attributes[name]
    if tag in listed("values")["elements"] and "value" in attributes:
        yield f"{tag} value", attributes["value"]
    if tag == "input" and "value" in attributes and _word(attributes, "type") in listed("values")["buttons"]:
        yield "button", attributes["value"]


def links(tag: str, attributes: Attributes) -> Iterator[Chars]:
    """Yield the addresses that an element gives."""
    if tag == "meta" and _meta(attributes, "addresses"):
        yield attributes.get("content", EMPTY)
    leads = tag in ("a", "area") or (tag == "link" and "canonical" in _word(attributes, "rel").split())
    if leads and "href" in attributes:
        yield attributes["href"]


def _meta(attributes: Attributes, group: str) -> str:
    """Return the name of a meta element, where it is one of a group."""
    for key in ("name", "property", "itemprop"):
        if (name := _word(attributes, key)) in names("meta", group):
            return name
    return ""


def _word(attributes: Attributes, key: str) -> str:
    return attributes[key].text.strip().casefold() if key in attributes else ""
