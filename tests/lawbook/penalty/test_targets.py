"""Limits that no law sets are data: every one is in content, and the bureau's own replaces it (待确认)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from lawbook.content import ContentError, load
from lawbook.limits import LIMITS
from lawbook.penalty.deadlines import MORE_LIMITS, enter_targets, limit_of
from lawbook.penalty.duties import duties
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told

KNOWN = {**MORE_LIMITS, **LIMITS}
TARGETS = load(ROOT / "content" / "limits" / "targets.toml")


@pytest.fixture
def own() -> Iterator[None]:
    yield
    enter_targets()


def set_to(code: str, length: int, **more: Any) -> dict[str, Any]:
    row = {"code": code, "length": length, "unit": "working_days", "law": "本局规定"} | more
    return {"limits": [row]}


def test_every_limit_that_is_not_verified_is_data_and_no_other_is(own):
    assert {one["code"] for one in TARGETS["limits"]} == {
        code for code, limit in KNOWN.items() if not limit.verified
    }
    plain = {code: limit_of(code) for code in KNOWN}
    enter_targets(TARGETS)
    assert {code: limit_of(code) for code in KNOWN} == plain


def test_the_limit_of_the_bureau_takes_the_place_of_the_proposed_one(own):
    story = told.notified()
    enter_targets(set_to("state-and-defend", 3))
    found = next(one for one in duties(story.case, told.WORLD) if one.name == "state-and-defend")
    assert (found.due_on, found.law, found.verified) == (date(2026, 3, 19), "本局规定", False)


@pytest.mark.parametrize(
    "content",
    [
        set_to("decide", 120), set_to("no-such-limit", 3), set_to("archive", 0),
        set_to("archive", 3, unit="weeks"), {},
    ],
)  # fmt: skip
def test_what_a_law_fixes_or_nobody_knows_is_not_entered(content, own):
    enter_targets(set_to("archive", 3))
    with pytest.raises(ContentError):
        enter_targets(content)
    assert limit_of("archive").period.length == 3
    assert limit_of("decide").period.length == 90
