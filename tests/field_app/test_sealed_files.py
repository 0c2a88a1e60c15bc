"""Sealed files: what was kept is read back by any offset, and whatever was changed does not open."""

import io
import os
import random

import pytest

from field_app.crypt import chunks
from field_app.crypt.chunks import CHUNK, HEAD, TAG, Damaged, Reader, seal, sealed_size
from field_app.crypt.keys import new_key
from field_app.files import FileMissing, Files

KEY = bytes(range(32))


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of 64 bytes: a file of many."""
    monkeypatch.setattr(chunks, "CHUNK", 64)


def sealed(place, data):
    with place.open("wb") as file:
        seal(io.BytesIO(data), file, KEY)
    return place


def plain(place, key=KEY):
    with Reader(place, key) as reader:
        return b"".join(reader.chunks())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_a_file_of_any_size_comes_back(tmp_path, size):
    data = random.Random(size).randbytes(size)
    place = sealed(tmp_path / "one", data)
    assert plain(place) == data
    assert place.stat().st_size == sealed_size(size)
    with Reader(place, KEY) as reader:
        assert reader.size == size


def test_plain_bytes_are_read_from_any_offset(tmp_path, small_chunks):
    data = random.Random(1).randbytes(64 * 5 + 9)
    with Reader(sealed(tmp_path / "one", data), KEY) as reader:
        for offset in range(0, len(data) + 70, 7):
            for count in (0, 1, 63, 64, 65, 400):
                assert reader.read(offset, count) == data[offset : offset + count]


def test_any_byte_that_is_flipped_is_found(tmp_path, small_chunks):
    data = sealed(tmp_path / "one", b"x" * 200).read_bytes()
    for position in range(len(data)):
        spoilt = bytearray(data)
        spoilt[position] ^= 1
        (tmp_path / "spoilt").write_bytes(spoilt)
        with pytest.raises(Damaged):
            plain(tmp_path / "spoilt")


def test_any_end_that_is_cut_off_is_found_a_whole_chunk_too(tmp_path, small_chunks):
    data = sealed(tmp_path / "one", bytes(64 * 4)).read_bytes()
    for end in range(len(data)):
        (tmp_path / "cut").write_bytes(data[:end])
        with pytest.raises(Damaged):
            plain(tmp_path / "cut")


def test_chunks_that_changed_places_or_came_from_another_file_are_found(tmp_path, small_chunks):
    one = sealed(tmp_path / "one", bytes(64 * 4)).read_bytes()
    other = sealed(tmp_path / "other", bytes(64 * 4)).read_bytes()
    whole = 64 + TAG
    parts = [one[HEAD + at * whole : HEAD + (at + 1) * whole] for at in range(4)]
    foreign = other[HEAD : HEAD + whole]
    for mixed in (
        [parts[1], parts[0], *parts[2:]], [parts[0], parts[2], parts[1], parts[3]],
        [foreign, *parts[1:]], [*parts, parts[3]], [parts[0], *parts],
    ):  # fmt: skip
        (tmp_path / "mixed").write_bytes(one[:HEAD] + b"".join(mixed))
        with pytest.raises(Damaged):
            plain(tmp_path / "mixed")


def test_another_key_opens_nothing(tmp_path):
    place = sealed(tmp_path / "one", b"x" * 100)
    with pytest.raises(Damaged):
        plain(place, new_key())


def test_the_same_bytes_are_sealed_differently_each_time(tmp_path):
    one, two = (sealed(tmp_path / name, bytes(100)).read_bytes() for name in "ab")
    assert one[HEAD:] != two[HEAD:]


def test_a_file_of_any_length_is_kept_without_being_held_in_memory(tmp_path, small_chunks):
    files = Files(tmp_path, KEY)
    data = os.urandom(64 * 9 + 1)
    kept = files.keep_all_of(io.BytesIO(data), "mp4")
    assert kept == files.keep(data, "mp4")
    assert files.read(kept.path) == data
    assert [one.name for one in (tmp_path / "files").iterdir()] == [f"{kept.sha256}.mp4"]


def test_a_source_that_breaks_off_leaves_nothing(tmp_path):
    class Breaks(io.BytesIO):
        def read(self, count=-1):
            raise OSError("the card was pulled out")

    files = Files(tmp_path, KEY)
    with pytest.raises(OSError, match="card"):
        files.keep_all_of(Breaks(), "mp4")
    assert list((tmp_path / "files").iterdir()) == []


def test_a_file_put_under_another_s_name_is_not_taken_for_it(tmp_path):
    files = Files(tmp_path, KEY)
    one, other = files.keep(b"one", "jpg"), files.keep(b"other", "jpg")
    files.place(one.path).replace(files.place(other.path))
    assert not files.whole(other.path, other.sha256)
    for path in (one.path, other.path):
        with pytest.raises(FileMissing):
            files.read(path)


def test_a_plain_copy_is_lent_and_taken_back(tmp_path):
    files = Files(tmp_path, KEY)
    kept = files.keep(b"%PDF", "pdf")
    copy = files.lend(kept.path, "现场检查记录（河）应急检记〔2026〕1号")
    assert (copy.read_bytes(), copy.suffix) == (b"%PDF", ".pdf")
    files.take_back()
    assert not copy.exists()
