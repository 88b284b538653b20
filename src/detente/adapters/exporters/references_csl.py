"""The documents as CSL-JSON, which Zotero, pandoc and citeproc read."""

import json
from typing import Any

from detente.adapters.exporters.account import Account, encoded, flat
from detente.adapters.exporters.references import Reference, references


def write(account: Account) -> bytes:
    """A list of items, by day; `note` holds the first passages that records rest on."""
    items = [_item(reference) for reference in references(account)]
    return encoded(json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _item(reference: Reference) -> dict[str, Any]:
    document = reference.document
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "document" if reference.is_official else "article-newspaper",
        "title": reference.title,
        "note": reference.note,
    }
    if document.byline:
        item["author"] = [{"literal": flat(document.byline)}]
    if document.outlet:
        item["container-title"] = document.outlet
    if document.published_on:
        on = document.published_on
        item["issued"] = {"date-parts": [[on.year, on.month, on.day]]}
    if document.language:
        item["language"] = document.language
    if reference.url:
        item["URL"] = reference.url
    return item
