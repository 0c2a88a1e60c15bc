"""What the content folder holds for proceedings, read once (检查表、文书样式、台账字典).

The bureau's own forms (本局文书样式) lie in a folder of its own, named by the setting ZHIFA_FORMS:
`<code>/document.toml` as in content/documents. A code that is there already is replaced by the
higher version; what was issued by the older one is still drawn by it. Beside our own
`document.toml` lie its earlier versions (`2026.1.toml`): letters are checked by the one they name.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request

from lawbook.checklist import CheckItem, Checklist, together
from lawbook.checklist import bodies as checklists
from lawbook.content import ContentError, Pack, load, pack
from lawbook.entity import LedgerDictionary
from paper.template import CASE, OFFICE, DocumentTemplate
from services.kit.problems import Problem

OWN_FORMS = "ZHIFA_FORMS"
"""The setting that names the bureau's own folder of forms."""
PLACES = (
    ("offences", "offences/*.toml"),
    ("ledger", "ledger/dictionary.toml"),
    ("calendar", "calendars/*.toml"),
    ("phrases", "phrases/*.toml"),
    ("clocks", "clocks/*.toml"),
    ("discretion", "discretion/*.toml"),
)
"""Each kind of pack beside check lists, and where it lies in the content folder."""


class ChecklistUnknown(Problem):
    """A check list, or a version of one, that the content folder does not hold."""

    status, code, title = HTTPStatus.UNPROCESSABLE_ENTITY, "checklist-unknown", "没有这个检查表"
    next_step = "更新检查表后重新选择"


class DocumentUnknown(Problem):
    """A kind of document that has no template."""

    status, code, title = HTTPStatus.UNPROCESSABLE_ENTITY, "document-unknown", "没有这种文书样式"
    next_step = "更新文书样式后重新选择"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack as tablets pull it: its bytes, and the hash by which they are checked."""

    pack: Pack
    content: bytes
    sha256: str


async def _content(request: Request) -> Path:
    folder: Path = request.app.state.settings.content
    return folder


ContentFolder = Annotated[Path, Depends(_content)]


@lru_cache(maxsize=4)
def packs(folder: Path) -> Mapping[tuple[str, str, str], PackFile]:
    """Every pack that tablets pull, by kind, code and version."""
    return {(p.pack.kind, p.pack.code, p.pack.version): p for p in _read(folder)}


@lru_cache(maxsize=4)
def forms(folder: Path) -> Mapping[tuple[str, str], PackFile]:
    """Every document template by code and version: ours, and the bureau's own (本局文书样式).

    ContentError when one of the bureau's bears the code and version of another.
    """
    own = os.environ.get(OWN_FORMS)
    paths = [*folder.glob("documents/*/*.toml")]
    paths += Path(own).glob("*/document.toml") if own else []
    found: dict[tuple[str, str], PackFile] = {}
    for path in sorted(paths):
        file = _file("document", load(path))
        key = (file.pack.code, file.pack.version)
        if key in found:
            raise ContentError(f"{path.parent.name} 的样式 {'@'.join(key)} 已有，请提高版本号")
        # Read it now: a form that cannot be read stops the start and not an officer at work.
        DocumentTemplate.from_content(file.pack.body)
        found[key] = file
    return found


def _read(folder: Path) -> Iterator[PackFile]:
    for _, body in checklists(folder):
        yield _file("checklist", body)
    for file in forms(folder).values():
        # The forms of a case are made in the office: no tablet pulls them or leases their numbers.
        if file.pack.body.get("about") not in OFFICE:
            yield file
    for kind, place in PLACES:
        for path in sorted(folder.glob(place)):
            yield _file(kind, load(path))


def _file(kind: str, body: dict[str, Any]) -> PackFile:
    # In the file's own order: choices of the dictionary stand as the office wrote them.
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()
    return PackFile(pack(kind, body), content, hashlib.sha256(content).hexdigest())


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a pack")


@lru_cache(maxsize=64)
def checklist(folder: Path, ref: str) -> Checklist:
    """The check list that a record quotes, such as metallurgy@2026.1. Raises ChecklistUnknown."""
    code, _, version = ref.partition("@")
    found = packs(folder).get(("checklist", code, version))
    if found is None:
        raise ChecklistUnknown(f"没有检查表 {ref}")
    return Checklist.from_content(found.pack.body)


@lru_cache(maxsize=64)
def asked(folder: Path, refs: tuple[str, ...]) -> Checklist:
    """The check lists of one visit as one. Raises ChecklistUnknown."""
    return together([checklist(folder, ref) for ref in refs])


def item_of(folder: Path, refs: Iterable[str], code: str) -> tuple[str, CheckItem] | None:
    """The first of these lists that asks an item, and the item; None where none does or is here."""
    for ref in refs:
        try:
            return ref, checklist(folder, ref).item(code)
        except (ChecklistUnknown, KeyError):
            continue
    return None


@lru_cache(maxsize=256)
def template(folder: Path, document: str) -> DocumentTemplate:
    """The template of a kind of document, such as correction-order: its newest version, or the
    one named as correction-order@2026.1. Raises DocumentUnknown."""
    code, _, version = document.partition("@")
    found = [
        file.pack
        for (its_code, its_version), file in forms(folder).items()
        if its_code == code and version in ("", its_version)
    ]
    if not found:
        raise DocumentUnknown(f"没有文书样式 {document}")
    newest = max(found, key=lambda one: _order(one.version))
    return DocumentTemplate.from_content(newest.body)


@lru_cache(maxsize=4)
def case_forms(folder: Path) -> tuple[DocumentTemplate, ...]:
    """The newest version of every form of a penalty case (案件文书), by code."""
    codes = {code for code, _ in forms(folder)}
    newest = (template(folder, code) for code in sorted(codes))
    return tuple(form for form in newest if form.about == CASE)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


@lru_cache(maxsize=4)
def ledger_dictionary(folder: Path) -> LedgerDictionary:
    """The ledger's dictionary, for the labels of what a plant lacks (台账数据项字典)."""
    return LedgerDictionary.from_content(load(folder / "ledger" / "dictionary.toml"))
