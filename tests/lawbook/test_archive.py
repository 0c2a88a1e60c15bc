"""The archived case: a bag that others can validate, and tampering found wherever it is done."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.archive import bag
from lawbook.archive.casefile import (
    ACTS,
    CATALOGUE,
    CATALOGUE_SHEETS,
    COVER,
    COVER_SHEET,
    START,
    WHOLE,
    ActLine,
    chain_faults,
    checked,
    link_of,
    seal,
    seal_document,
)
from lawbook.archive.catalogue import (
    Cover,
    NotAccountedFor,
    Piece,
    Sort,
    arranged,
    require_all_here,
)
from lawbook.journal import signed_part

CASE = "00000000-0000-4000-8000-00000000c001"
ON = date(2026, 6, 30)
BYTES = {
    "decision": b"%PDF decision", "notice": b"%PDF notice", "receipt": b"%PDF receipt",
    "photo": b"JPEG photo", "film": b"MP4 film" * 1000,
}  # fmt: skip
DRAWN = {COVER_SHEET: b"%PDF cover", CATALOGUE_SHEETS: b"%PDF catalogue", WHOLE: b"%PDF whole"}
KINDS = ("propose-filing", "approve-filing", "decide", "serve", "pay", "close", "archive")


def piece(id_, sort=Sort.DOCUMENT, on=ON, pages=2, suffix=".pdf", title=None):
    content = BYTES[id_]
    return Piece(
        id_, sort, title or f"文书{id_}", "（运）应急罚〔2026〕1号" if sort is Sort.DOCUMENT else "",
        on, hashlib.sha256(content).hexdigest(), pages, suffix,
    )  # fmt: skip


PIECES = [
    piece("photo", Sort.EVIDENCE, ON - timedelta(60), 1, ".jpg", "照片/一"),
    piece("decision", on=ON - timedelta(20)),
    piece("film", Sort.EVIDENCE, ON - timedelta(61), 1, ".mp4"),
    piece("notice", on=ON - timedelta(30), pages=3),
    piece("receipt", on=ON - timedelta(10), pages=1),
]


def acts(kinds=KINDS):
    made: list[ActLine] = []
    for seq, kind in enumerate(kinds, 1):
        act = {"id": f"act-{seq}", "kind": kind, "said": {"note": "意见" * seq}}
        prev = made[-1].link if made else START
        made.append(ActLine(seq, prev, link_of(CASE, prev, act), act))
    return made


def cover(entries):
    return Cover(
        organ="运城市应急管理局", category="行政处罚案件档案", title="某铸造厂未如实记录案",
        number="2026-CF-001", case_number="（运）应急立〔2026〕1号", opened_on=ON - timedelta(90),
        closed_on=ON, archived_on=ON, pieces=len(entries), pages=entries[-1].page_to,
        officers=("张一（14080000001）", "李二（14080000002）"), archivist="王三", kept="permanent",
    )  # fmt: skip


def sealed(folder: Path) -> str:
    """A case file in that folder; the seal."""
    entries = arranged(PIECES)
    made = seal(folder, CASE, cover(entries), entries, acts(), BYTES, ON, drawn=DRAWN)
    said = seal_document(CASE, "2026-CF-001", made, acts()[-1].link, "2026-06-30T08:00:00Z")
    said["signature"] = f"signed {hashlib.sha256(signed_part(said)).hexdigest()}"
    (folder / bag.SEAL).write_text(json.dumps(said), encoding="utf-8")
    return made


def signed(told: Mapping[str, Any]) -> bool:
    """Stands in for a key that a forger does not have (the real one: tests of case_svc)."""
    return bool(told["signature"] == f"signed {hashlib.sha256(signed_part(told)).hexdigest()}")


def test_documents_come_first_by_day_and_pages_are_counted_through():
    told = [(one.place, one.piece.id, one.page, one.path) for one in arranged(PIECES)]
    assert told == [
        (1, "notice", "1-3", "documents/001-文书notice.pdf"),
        (2, "decision", "4-5", "documents/002-文书decision.pdf"),
        (3, "receipt", "6", "documents/003-文书receipt.pdf"),
        (4, "film", "7", "evidence/004-文书film.mp4"),
        (5, "photo", "8", "evidence/005-照片一.jpg"),
    ]
    assert arranged(PIECES)[0].dated == "20260531"


def test_what_was_made_on_one_day_lies_in_the_order_of_its_moments():
    first, second = (
        replace(piece(id_), at=f"2026-06-01T0{hour}:00:00+00:00", number=number)
        for id_, hour, number in (("notice", 1, "9号"), ("decision", 2, "1号"))
    )
    assert [one.piece.id for one in arranged([second, first])] == ["notice", "decision"]


def test_a_piece_twice_without_pages_or_missing_is_refused_by_name():
    with pytest.raises(NotAccountedFor, match="重复"):
        arranged([PIECES[0], PIECES[0]])
    with pytest.raises(NotAccountedFor, match="没有页数"):
        arranged([piece("photo", pages=0)])
    require_all_here({"photo": "照片"}, PIECES)
    with pytest.raises(NotAccountedFor, match="送达回证、缴款单据"):
        require_all_here({"photo": "照片", "a": "送达回证", "b": "缴款单据"}, PIECES)


def test_a_sealed_file_holds_and_says_by_what_it_was_proved(tmp_path):
    made = sealed(tmp_path / "bag")
    found = checked(tmp_path / "bag", wanted=made, signed=signed)
    assert found.faults == ()
    assert (found.acts, found.pieces) == (7, 5)
    assert found.said() == (
        "案卷 2026-CF-001 完好：办案行为 7 个，材料 5 件；核对依据：办公室登记的封印、封印签名"
    )
    assert "未核对封印" in checked(tmp_path / "bag").said()


def test_any_tool_that_reads_sums_can_check_the_bag(tmp_path):
    """coreutils knows nothing of us; what it proves is what RFC 8493 asks of a manifest."""
    sealed(tmp_path / "bag")
    for manifest in (bag.MANIFEST, bag.TAG_MANIFEST):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", manifest],
            cwd=tmp_path / "bag", capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    (tmp_path / "bag" / "data" / COVER).write_text("{}")
    done = subprocess.run(
        ["sha256sum", "--check", bag.MANIFEST],
        cwd=tmp_path / "bag", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1


def test_the_bag_is_laid_out_as_the_rfc_wants(tmp_path):
    sealed(tmp_path / "bag")
    folder = tmp_path / "bag"
    assert (folder / "bagit.txt").read_bytes() == (
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )
    assert set(bag.listed(folder, bag.MANIFEST)) == {
        f"data/{name}" for name in (COVER, CATALOGUE, ACTS, *DRAWN)
    } | {f"data/{one.path}" for one in arranged(PIECES)}
    assert set(bag.listed(folder, bag.TAG_MANIFEST)) == {bag.DECLARED, bag.INFO, bag.MANIFEST}
    info = bag.info_of(folder)
    assert info["External-Identifier"] == "2026-CF-001"
    assert info["Bagging-Date"] == "2026-06-30"
    payload = [path for path in (folder / "data").rglob("*") if path.is_file()]
    octets = sum(path.stat().st_size for path in payload)
    assert info["Payload-Oxum"] == f"{octets}.{len(payload)}"


def test_the_same_file_sealed_again_has_the_same_seal(tmp_path):
    assert sealed(tmp_path / "one") == sealed(tmp_path / "two")


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


def test_a_file_sealed_before_anything_was_drawn_still_holds(tmp_path):
    entries = arranged(PIECES)
    made = seal(tmp_path / "bag", CASE, cover(entries), entries, acts(), BYTES, ON)
    assert checked(tmp_path / "bag", wanted=made).faults == ()


def test_a_seal_of_another_file_or_by_nobody_is_no_seal(tmp_path):
    sealed(tmp_path / "bag")
    path = tmp_path / "bag" / bag.SEAL
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"case": "another"}))
    assert {one.what for one in checked(tmp_path / "bag", signed=signed).faults} == {
        "封印的签名不成立", "封印是另一案卷的",
    }  # fmt: skip
    path.unlink()
    assert checked(tmp_path / "bag", signed=signed).faults[0].what == "没有封印，或者不可读"


def test_what_is_no_case_file_is_told_and_not_raised(tmp_path):
    assert checked(tmp_path / "nothing").faults
    (tmp_path / "data").mkdir()
    for name in (COVER, CATALOGUE, ACTS):
        (tmp_path / "data" / name).write_bytes(b"\xff\x00[")
    assert checked(tmp_path).faults


def test_a_manifest_that_points_out_of_the_bag_reads_nothing_there(tmp_path):
    sealed(tmp_path / "bag")
    with (tmp_path / "bag" / bag.MANIFEST).open("a") as file:
        file.write(f"{'0' * 64}  data/../../secret\n")
    assert any(one.what == "指向案卷之外" for one in bag.faults(tmp_path / "bag"))


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "a/../../b", "", "a\0b"])
def test_nothing_is_written_outside_of_the_bag(tmp_path, name):
    with pytest.raises(ValueError, match=r"no place|null|Is a directory"):
        bag.write(tmp_path / "bag", [(name, b"")], {}, ON)


def test_a_path_with_a_percent_or_a_line_end_is_listed_as_the_rfc_says(tmp_path):
    bag.write(tmp_path / "bag", [("100%\n好.txt", b"x")], {}, ON)
    assert "data/100%25%0A好.txt" in (tmp_path / "bag" / bag.MANIFEST).read_text()
    assert bag.faults(tmp_path / "bag") == []


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8), st.data())
def test_an_act_changed_left_out_added_or_moved_breaks_the_chain(kinds, data):
    told = acts(kinds)
    assert chain_faults(CASE, told) == []
    at = data.draw(st.integers(0, len(told) - 1))
    one = told[at]
    changed = ActLine(one.seq, one.prev, one.link, {**one.act, "kind": "other"})
    assert chain_faults(CASE, [*told[:at], changed, *told[at + 1 :]])
    assert chain_faults(CASE, [*told[: at + 1], one, *told[at + 1 :]])
    if at < len(told) - 1:
        assert chain_faults(CASE, told[:at] + told[at + 1 :])
        assert chain_faults(CASE, [*told[:at], told[at + 1], one, *told[at + 2 :]])
    assert chain_faults("another case", told)
