"""Plain data written as the course's authors write YAML: keys in their order, texts in quotes, no anchors."""

from __future__ import annotations

from typing import Any

import yaml


class Quoted(str):
    """Text that YAML must not take for a number, whatever it looks like: in quotes, or after `|` if it has lines."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    Quoted,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else "'"
    ),
)


def dump(content: dict[str, Any]) -> str:
    """Return the text of a file."""
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text
