"""The archived case: a bag that others can validate, arranged, numbered and proved."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.archive import bag
from lawbook.archive.casefile import (
    ACTS,
    CATALOGUE,
    COVER,
    ActLine,
    chain_faults,
    checked,
    seal,
)
from lawbook.archive.catalogue import (
    NotAccountedFor,
    arranged,
    require_all_here,
)
from tests.lawbook.archived import (
    BYTES,
    CASE,
    DRAWN,
    KINDS,
    ON,
    PIECES,
    acts,
    cover,
    piece,
    sealed,
    signed,
)


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
