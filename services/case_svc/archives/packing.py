"""A case file written as a bag, sealed, checked, and put into one file (封装)."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawbook.archive.bag import SEAL
from lawbook.archive.casefile import ActLine, checked, seal, seal_document, sums
from lawbook.archive.catalogue import Cover, Entry
from services.case_svc.archives.refusals import ArchiveBroken
from services.kit.receipts import Signer, verified

MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same file gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The bag's seal, the seal as signed, the file that holds the bag, the sums of what is drawn."""

    seal: str
    signed: dict[str, Any]
    path: Path
    drawn: dict[str, str]


def packed(
    folder: Path, case: str, cover: Cover, entries: Sequence[Entry], acts: Sequence[ActLine],
    content: Mapping[str, Path], on: date, at: str, signer: Signer, facts: bytes,
    drawn: Mapping[str, bytes],
) -> Packed:  # fmt: skip
    """Write, seal, check and zip a case file below `folder`. ArchiveBroken when it does not verify."""
    bag = folder / "bag"
    made = seal(bag, case, cover, entries, acts, dict(content), on, [("case.json", facts)], drawn)
    signed = signer.sign(seal_document(case, cover.number, made, acts[-1].link, at))
    (bag / SEAL).write_text(
        json.dumps(signed, ensure_ascii=False, sort_keys=True), encoding="utf-8"
    )
    found = checked(bag, wanted=made, signed=lambda told: verified(told, signer.public_keys))
    if found.faults:
        raise ArchiveBroken(found.said())
    path = folder / "package.zip"
    zipped(bag, path, case)
    return Packed(made, signed, path, sums(drawn))


def zipped(bag: Path, path: Path, top: str) -> None:
    """A bag as one file (serialised, RFC 8493 §4): stored as it is, below one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for member in sorted(one for one in bag.rglob("*") if one.is_file()):
            told = zipfile.ZipInfo(f"{top}/{member.relative_to(bag).as_posix()}", MADE)
            told.external_attr = 0o644 << 16
            with member.open("rb") as source, package.open(told, "w", force_zip64=True) as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)


def unzipped(path: Path, folder: Path) -> Path:
    """The bag of a package, laid out below `folder`. ValueError when it is none."""
    with zipfile.ZipFile(path) as package:
        tops = {name.partition("/")[0] for name in package.namelist()}
        if len(tops) != 1:
            raise ValueError("封装文件中应当只有一个案卷")
        package.extractall(folder)
    return folder / tops.pop()


def member(path: Path, name: str) -> bytes:
    """One file of a package. KeyError when it is not in it, BadZipFile when it is none or damaged."""
    with zipfile.ZipFile(path) as package:
        return package.read(name)
