"""Where in a draft something stands: a JSON Pointer in words, and the text around a span."""

AROUND = 30
"""Characters shown on each side of a figure."""

_LISTS = {"headlines": "headline candidate", "unknowns": "not known", "disclosures": "disclosure"}
_FIELDS = {
    "/sentiment/short_term": "short term",
    "/sentiment/long_term": "long term",
    "/sentiment/rationale": "why the label",
    "/digest/title": "digest title",
    "/digest/summary": "digest",
    "/variants/push": "push message",
}


def words_of(path: str) -> str:
    """Return where a field stands, counted from one: "section 2, paragraph 1"."""
    if path in _FIELDS:
        return _FIELDS[path]
    match path.strip("/").split("/"):
        case ["sections", i, "heading"]:
            return f"section {int(i) + 1}, heading"
        case ["sections", i, "paragraphs", j]:
            return f"section {int(i) + 1}, paragraph {int(j) + 1}"
        case ["faq", i, name]:
            return f"{name} {int(i) + 1}"
        case ["sentiment", "flips", i]:
            return f"what would change it {int(i) + 1}"
        case ["conditions", i, *_]:
            return f"condition {int(i) + 1}"
        case [name, i, *rest] if i.isdigit():
            return " ".join([_LISTS.get(name, name), str(int(i) + 1), *rest])
        case parts:
            return " ".join(parts)


def excerpt(text: str, start: int, end: int) -> str:
    """Return a span with the words around it."""
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return f"{before}{text[start:end]}{after}"
