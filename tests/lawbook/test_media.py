"""What a file of evidence is, by its first bytes and never by its name."""

import pytest

from lawbook.media import EXTENSIONS, MOST, PICTURE, SOUND, VIDEO, family, fits, possible, told

MP4, QT = b"\0\0\0\x18ftypisom", b"\0\0\0\x14ftypqt  "
M4A, GP3 = b"\0\0\0\x18ftypM4A ", b"\0\0\0\x18ftyp3gp4"
WEBM, MKV = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska"
OPUS, THEORA = b"OggS" + bytes(24) + b"OpusHead", b"OggS" + bytes(24) + b"\x80theora"


@pytest.mark.parametrize(
    ("head", "wanted", "is_"),
    [
        (b"\xff\xd8\xff\xe0", PICTURE, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", PICTURE, "image/png"),
        (b"RIFF\0\0\0\0WEBP", PICTURE, "image/webp"),
        (MP4, VIDEO, "video/mp4"), (MP4, SOUND, "audio/mp4"), (MP4, PICTURE, None),
        (QT, VIDEO, "video/quicktime"), (QT, SOUND, None),
        (M4A, SOUND, "audio/mp4"), (M4A, VIDEO, None),
        (GP3, VIDEO, "video/3gpp"), (GP3, SOUND, "audio/3gpp"),
        (WEBM, VIDEO, "video/webm"), (WEBM, SOUND, "audio/webm"), (MKV, VIDEO, None),
        (OPUS, SOUND, "audio/ogg"), (THEORA, SOUND, None),
        (b"RIFF\0\0\0\0WAVE", SOUND, "audio/wav"),
        (b"\xff\xf1\x50\x80", SOUND, "audio/aac"), (b"\xff\xfb\x90\x44", SOUND, "audio/mpeg"),
        (b"ID3\x04", SOUND, "audio/mpeg"),
        (b"\0\0\0\x18ftypheic", PICTURE, None), (b"\0\0\0\x18ftypavif", VIDEO, None),
        (b"#!/bin/sh", VIDEO, None), (b"\xff", SOUND, None), (b"", PICTURE, None),
    ],
)  # fmt: skip
def test_a_file_is_known_by_how_it_begins_and_what_it_was_captured_as(head, wanted, is_):
    assert told(head, wanted) == is_
    assert is_ is None or fits(head, is_)


def test_bytes_of_one_kind_do_not_fit_another():
    heads = {"image/jpeg": b"\xff\xd8\xff\xe0", "video/quicktime": QT, "audio/wav": b"RIFF....WAVE"}
    for kind in heads:
        assert [one for one, head in heads.items() if fits(head, kind)] == [kind]


def test_every_type_that_can_be_told_has_an_extension_and_a_limit():
    for head in (MP4, QT, M4A, GP3, WEBM, OPUS, b"\xff\xd8\xff", b"ID3", b"%PDF-"):
        assert set(possible(head)) <= set(EXTENSIONS)
    assert {family(one) for one in EXTENSIONS} - {"application"} == set(MOST)
