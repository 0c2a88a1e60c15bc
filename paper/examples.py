"""The example beside each template (content/documents/<code>/example.json): invented, complete."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lawbook.signatures import PARTY
from paper.blocks import Document
from paper.compose import compose
from paper.digest import digest
from paper.signing import Signature
from paper.template import DocumentTemplate, load_template

CONTENT = Path(__file__).parents[1] / "content" / "documents"


@dataclass(frozen=True, slots=True)
class Example:
    """A filled-in form: its template, data, number, signatures and the moment of issue."""

    template: DocumentTemplate
    data: Mapping[str, Any]
    number: str | None
    signatures: tuple[Signature, ...]
    issued_at: datetime

    def composed(self) -> Document:
        """The example as a document."""
        return compose(self.template, self.data, self.number, self.signatures)


def codes(content: Path = CONTENT) -> list[str]:
    """Every document there is a template for."""
    return sorted(path.parent.name for path in content.glob("*/document.toml"))


def example(code: str, content: Path = CONTENT) -> Example:
    """The example of one document, signed for its own content."""
    template = load_template(content / code)
    told = json.loads((content / code / "example.json").read_text(encoding="utf-8"))
    seal = digest(template.code, told["number"], told["data"])
    pages = compose(template, told["data"], told["number"], ()).pages
    signatures = tuple(
        signature
        for one in told["signatures"]
        for signature in _signed(one, seal, pages if one["role"] == PARTY else ())
    )
    issued_at = datetime.fromisoformat(told["issued_at"])
    return Example(template, told["data"], told["number"], signatures, issued_at)


def _signed(one: Mapping[str, Any], seal: str, pages: Sequence[str]) -> Iterator[Signature]:
    """A signature of the example; for each page where every one is signed."""
    for page, own in enumerate(pages, start=1) if pages else [(0, "")]:
        yield Signature(
            one["role"], one["name"], one["officer_number"],
            datetime.fromisoformat(one["signed_at"]), seal, one["strokes"], one.get("refused"),
            page, own,
        )  # fmt: skip
