"""Whether a tablet may vouch for a signature given on it, by the ledger's list of devices."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.case_svc.ledger_mirror.devices import Vouching, doubt

AT = datetime(2026, 6, 23, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def known(**changes: Any) -> Vouching:
    states = [
        {"state": "active", "at": (AT - 9 * DAY).isoformat()},
        {"state": "frozen", "at": (AT + DAY).isoformat()},
    ]
    told: dict[str, Any] = {
        "public_key": "k",
        "enrolled_at": AT - 9 * DAY,
        "officers": ["1"],
        "states": states,
    }
    return Vouching(**(told | changes))


@pytest.mark.parametrize(
    ("device", "key", "officer", "at", "why"),
    [
        (known(), "k", "1", AT, None),
        (None, "k", "1", AT, "没有注册"),
        (known(), "other", "1", AT, "公钥"),
        (known(), "k", "1", AT - 10 * DAY, "尚未注册"),
        (known(), "k", "1", AT + 2 * DAY, "已冻结"),
        (known(), "k", "2", AT, "没有在该平板上登录过"),
        (known(), "k", None, AT, "没有在该平板上登录过"),
    ],
)
def test_a_signature_is_looked_into_where_the_list_of_devices_speaks_against_it(
    device, key, officer, at, why
):
    found = doubt(device, key, officer, at)
    assert found is None if why is None else why in (found or "")
