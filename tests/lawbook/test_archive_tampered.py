"""Tampering with a sealed case file is found wherever it is done."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lawbook.archive import bag
from lawbook.archive.casefile import (
    ACTS,
    CATALOGUE,
    COVER,
    WHOLE,
    checked,
)
from tests.lawbook.archived import DRAWN, sealed, signed


def every_file(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_one_byte_changed_in_any_file_is_found_and_so_is_any_file_taken_away(tmp_path):
    made = sealed(tmp_path / "bag")
    for name in every_file(tmp_path / "bag"):
        for change in ("flip", "cut", "grow", "remove"):
            copy = tmp_path / "copy"
            shutil.copytree(tmp_path / "bag", copy)
            path = copy / name
            raw = path.read_bytes()
            if change == "remove":
                path.unlink()
            else:
                changed = {
                    "flip": bytes([raw[0] ^ 1]) + raw[1:],
                    "cut": raw[:-1],
                    "grow": raw + b"\n",
                }
                path.write_bytes(changed[change])
            found = checked(copy, wanted=made, signed=signed)
            # A blank after JSON says nothing: the seal's file may grow by it, and still be the seal.
            harmless = name == bag.SEAL and change == "grow"
            assert bool(found.faults) is not harmless, (name, change)
            shutil.rmtree(copy)


@pytest.mark.parametrize("name", ["data/extra.txt", "data/documents/006-假.pdf", "extra.txt"])
def test_a_file_added_anywhere_is_found(tmp_path, name):
    made = sealed(tmp_path / "bag")
    (tmp_path / "bag" / name).write_text("假")
    assert checked(tmp_path / "bag", wanted=made, signed=signed).faults


def rewritten(folder: Path, change: Callable[[Path], None]) -> None:
    """Changed by somebody who then makes every manifest right again."""
    change(folder)
    payload = [
        p.relative_to(folder).as_posix() for p in (folder / "data").rglob("*") if p.is_file()
    ]
    lines = "".join(f"{bag.sha256_of(folder / name)}  {name}\n" for name in sorted(payload))
    (folder / bag.MANIFEST).write_text(lines)
    octets = sum((folder / name).stat().st_size for name in payload)
    info = [
        f"Payload-Oxum: {octets}.{len(payload)}" if line.startswith("Payload-Oxum") else line
        for line in (folder / bag.INFO).read_text().splitlines()
    ]
    (folder / bag.INFO).write_text("\n".join(info) + "\n")
    tags = (bag.DECLARED, bag.INFO, bag.MANIFEST)
    sums = "".join(f"{bag.sha256_of(folder / name)}  {name}\n" for name in sorted(tags))
    (folder / bag.TAG_MANIFEST).write_text(sums)


def change_document(folder: Path) -> None:
    (folder / "data" / "documents" / "002-文书decision.pdf").write_bytes(b"%PDF forged")


def change_act(folder: Path) -> None:
    path = folder / "data" / ACTS
    path.write_text(path.read_text().replace('"note":"意见意见"', '"note":"同意"'))


def drop_act(folder: Path) -> None:
    path = folder / "data" / ACTS
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:2] + lines[3:]))


def drop_last_act(folder: Path) -> None:
    path = folder / "data" / ACTS
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


def change_catalogue(folder: Path) -> None:
    path = folder / "data" / CATALOGUE
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told[:-1]))


def change_page(folder: Path) -> None:
    path = folder / "data" / CATALOGUE
    told = json.loads(path.read_text())
    told[1]["page_from"] += 1
    path.write_text(json.dumps(told))


def change_cover(folder: Path) -> None:
    path = folder / "data" / COVER
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pages": 99}))


def reorder_acts(folder: Path) -> None:
    path = folder / "data" / ACTS
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2], lines[1], *lines[3:]]))


def reorder_acts_with_their_places(folder: Path) -> None:
    """Two acts exchanged, each with the place and the links of the other."""
    path = folder / "data" / ACTS
    told = [json.loads(line) for line in path.read_text().splitlines()]
    told[1]["act"], told[2]["act"] = told[2]["act"], told[1]["act"]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told))


def swap_pieces(folder: Path) -> None:
    """The bytes of two documents exchanged."""
    one, other = sorted((folder / "data" / "documents").iterdir())[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def change_drawn(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "data" / name).write_bytes(b"%PDF forged")

    return change


def drop_drawn(folder: Path) -> None:
    (folder / "data" / WHOLE).unlink()


@pytest.mark.parametrize(
    "change",
    [
        change_document,
        swap_pieces,
        change_act,
        drop_act,
        drop_last_act,
        reorder_acts,
        reorder_acts_with_their_places,
        change_catalogue,
        change_page,
        change_cover,
        *(pytest.param(change_drawn(name), id=f"change {name}") for name in DRAWN),
        drop_drawn,
    ],
)
def test_a_change_that_makes_the_manifests_right_again_is_still_found_within_the_file(
    tmp_path, change
):
    sealed(tmp_path / "bag")
    rewritten(tmp_path / "bag", change)
    assert bag.faults(tmp_path / "bag") == []
    assert checked(tmp_path / "bag").faults


def change_everything(folder: Path) -> None:
    """The decision, its line of the catalogue: consistent throughout."""
    change_document(folder)
    path = folder / "data" / CATALOGUE
    told = json.loads(path.read_text())
    told[1]["sha256"] = bag.sha256_of(folder / "data" / told[1]["path"])
    path.write_text(json.dumps(told))


def test_a_file_rewritten_whole_and_consistently_is_told_by_its_seal(tmp_path):
    made = sealed(tmp_path / "bag")
    rewritten(tmp_path / "bag", change_everything)
    assert checked(tmp_path / "bag").faults == ()
    assert [one.what for one in checked(tmp_path / "bag", wanted=made).faults] == [
        "与登记的封印不符"
    ]
    assert [one.what for one in checked(tmp_path / "bag", signed=signed).faults] == [
        "封印与案卷不符"
    ]
