"""The chain of letters: one spelling, one link, whoever computes it."""

import hashlib
from typing import Any

from lawbook.journal import link_of, signed_part, spelled

LETTER: dict[str, Any] = {
    "device": "平板-1", "seq": 2, "prev": "a" * 64, "id": "6b1f7a3e-0c1e-4d0e-9a57-0f9f2f9a1c11",
    "subject": "inspection:1", "kind": "inspection.record", "written_at": "2026-06-23T01:05:00Z",
    "sha256": "b" * 64,
}  # fmt: skip


def test_a_link_is_the_hash_of_what_a_letter_is_and_of_the_link_before():
    text = (
        '{"device":"平板-1","id":"6b1f7a3e-0c1e-4d0e-9a57-0f9f2f9a1c11","kind":"inspection.record",'
        f'"prev":"{"a" * 64}","seq":2,"sha256":"{"b" * 64}","subject":"inspection:1",'
        '"written_at":"2026-06-23T01:05:00Z"}'
    )
    assert spelled(LETTER).decode() == text
    assert link_of(**LETTER) == hashlib.sha256(text.encode()).hexdigest()


def test_every_member_of_a_letter_changes_its_link():
    links = {link_of(**LETTER)}
    for name, told in LETTER.items():
        links.add(link_of(**LETTER | {name: told + (1 if name == "seq" else "x")}))
    assert len(links) == len(LETTER) + 1


def test_a_signature_covers_all_of_a_receipt_but_itself():
    receipt = {"letter": "a", "state": "applied"}
    assert signed_part(receipt | {"signature": "x"}) == signed_part(receipt)
    assert signed_part(receipt | {"state": "rejected"}) != signed_part(receipt)
