"""Where remedies lead and fines are paid: every unit has its organs, half an account is none."""

import pytest

from lawbook.content import ContentError, load
from lawbook.organs import organs
from services.kit.settings import ROOT

BODY = load(ROOT / "content" / "organs" / "1408.toml")
UNITS = [one["code"] for one in load(ROOT / "content" / "units" / "1408.toml")["unit"]]


def test_every_unit_has_its_review_organ_and_its_court_and_all_is_to_be_confirmed():
    found = organs(BODY)
    assert list(found) == UNITS
    assert all(one.review_organ.endswith("人民政府") for one in found.values())
    assert all(one.court.endswith("人民法院") for one in found.values())
    assert BODY["status"] == "待确认"
    assert found["140802"].review_organ == "运城市盐湖区人民政府"


def test_no_account_is_made_up():
    """An account that nobody confirmed, printed in a decision, sends money astray."""
    assert not any(one.bank or one.account for one in organs(BODY).values())


@pytest.mark.parametrize(
    "wrong",
    [
        [{"unit": "1", "court": "x"}, {"unit": "1", "court": "y"}], [{"unit": "1", "bank": "x"}],
        [{"unit": "1", "account": "x"}], [{"unit": "1", "clerk": "x"}], [{"court": "x"}],
    ],
)  # fmt: skip
def test_what_is_told_twice_or_by_halves_is_no_content(wrong):
    with pytest.raises(ContentError):
        organs({"organ": wrong})


def test_what_nobody_said_is_left_out():
    told = organs({"organ": [{"unit": "1", "bank": "某行", "account": "00"}]})["1"].told
    assert told == {"bank": "某行", "account": "00"}
