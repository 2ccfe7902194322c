"""Finding, in the page of a mail, what mail programs are known to drop: `dropped_styles.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.messages.mails import Reader

NOTHING = ("0", "0px")


@cache
def dropped() -> dict[str, list[dict[str, Any]]]:
    text = (Path(__file__).parent / "dropped_styles.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return lists


def found_in(html: str) -> list[str]:
    """What is used and is dropped somewhere: element, name, and who drops it."""
    return [
        f"<{tag}> {used}: {each['dropped']} (https://www.caniemail.com/features/{each['source']}/)"
        for tag, attributes in Reader(html).tags
        for used, each in _of_element(tag, attributes)
    ]


def _of_element(
    tag: str, attributes: dict[str, str | None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    lists = dropped()
    yield from ((tag, each) for each in lists["elements"] if re.fullmatch(each["name"], tag))
    for attribute in attributes:
        named = [each for each in lists["attributes"] if re.fullmatch(each["name"], attribute)]
        yield from ((attribute, each) for each in named)
    for declaration in filter(None, (attributes.get("style") or "").split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        for each in lists["properties"]:
            allowed = re.fullmatch(each.get("except", {}).get("tag", ""), tag)
            if re.fullmatch(each["name"], name) and not allowed and value not in NOTHING:
                yield declaration, each
        for each in lists["values"]:
            if any(re.fullmatch(each["name"], part) for part in value.split()):
                yield declaration, each
