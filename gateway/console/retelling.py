"""What an act says, told to people (办案经过的内容): names instead of numbers and ids, words instead of codes."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from gateway.console import casework
from gateway.console.client import Json
from gateway.console.shapes import Line, told
from gateway.console.showing import moment
from lawbook.content import load
from lawbook.leniency import FACTORS
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.shape import Kind

PROCEDURES = {"ordinary": "普通程序", "summary": "简易程序"}
UNTOLD = frozenset(("hazards", "entity_id", "source_id", "region", "unit", "linked"))
"""Of a filing: what the page tells elsewhere, by name."""


@lru_cache(maxsize=4)
def factors(content: Path) -> Mapping[str, str]:
    """Circumstances by code, of the penalty law and of every benchmark of a content folder (裁量情节)."""
    found = {code: one.text for code, one in FACTORS.items()}
    for path in sorted(content.glob("discretion/*.toml")):
        found |= {one["code"]: one["text"] for one in load(path).get("factor", ())}
    return found


def teller(case: Json, content: Path) -> Callable[[Json], tuple[Line, ...]]:
    """How the acts of a case are told."""
    known = factors(content)

    def tell(act: Json) -> tuple[Line, ...]:
        kind = REGISTRY.get(act["kind"])
        return told(kind.shape, _said(act, case, known)) if kind else ()

    return tell


def _said(act: Json, case: Json, known: Mapping[str, str]) -> dict[str, Any]:
    said = {name: value for name, value in act["said"].items() if name not in UNTOLD}
    if "procedure" in said:
        code = str(said["procedure"]).partition("@")[0]
        said["procedure"] = PROCEDURES.get(code, said["procedure"])
    for (code, number), name in casework.PEOPLE.items():
        if code == act["kind"] and said.get(name):
            said.pop(number, None)
    if said.get("violations"):
        said["violations"] = [
            {**one, "factors": [known.get(code, code) for code in one.get("factors") or ()]}
            for one in said["violations"]
        ]
    for field in REGISTRY[act["kind"]].shape:
        if field.kind is Kind.ID and said.get(field.name):
            said[field.name] = _named(said[field.name], case)
    return said


def _named(id_: object, case: Json) -> str:
    """An act by its title and its moment."""
    found = next((act for act in case["timeline"] if act["id"] == id_), None)
    return f"{found['title']}（{moment(found['at'])}）" if found else str(id_)
