"""By which clock acts are dated, and when nothing is issued because nobody knows the day (R23)."""

import importlib
from datetime import timedelta

import pytest

from field_app import clocks
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.contact import note
from field_app.moments import kept, now, read
from lawbook.devices import ClockInDoubt
from tests.field_app.tablet import answered, begun, filled, signed

ACTIONS = [
    importlib.import_module(f"field_app.actions.{name}")
    for name in (
        "begin_inspection", "finish_inspection", "compose_document", "sign_document",
        "issue_document",
    )
]  # fmt: skip


def test_documents_bear_the_offices_day_whatever_a_clock_that_was_set_back_shows(
    tmp_path, monkeypatch
):
    store = filled(tmp_path / "filled")
    at, here = now(), clocks.monotonic()
    note(store.installation, state="active")
    clocks.heard(store.installation, kept(at), here)
    for module in (clocks, *ACTIONS):
        monkeypatch.setattr(module, "now", lambda: at - timedelta(days=2))
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    draft = compose_document(store, visit, "correction-order")
    signed(store, draft.id)
    issued = issue_document(store, draft.id)
    told = store.inspections.one(visit)
    assert told
    moments = [told.started_at, told.ended_at]
    moments += [one["signed_at"] for one in store.documents.signatures(draft.id)]
    moments.append(issued.issued_at)
    assert moments == sorted(moments, key=str)
    assert read(str(moments[0])) >= at - timedelta(seconds=2)
    (letter,) = [one.body for one in store.outbox.letters() if one.kind == "document.issue"]
    assert letter["clock"]["wall"] == kept(at - timedelta(days=2))
    store.close()


def test_after_the_battery_ran_empty_nothing_is_issued_until_the_clock_is_put_right(
    tmp_path, monkeypatch
):
    store = filled(tmp_path / "filled")
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    draft = compose_document(store, visit, "inspection-record")
    signed(store, draft.id)
    at = now()
    note(store.installation, state="active", heard_at=kept(at), boot="before", skew=0)
    monkeypatch.setattr(clocks, "now", lambda: at.replace(year=2015, month=1, day=1))
    with pytest.raises(ClockInDoubt, match="平板时间早于最近一次联网") as refused:
        issue_document(store, draft.id)
    assert "校正平板时间" in refused.value.next_step
    # The officer puts it right in the system's settings, at noon: no office is needed for it.
    noon = (at + timedelta(days=1)).replace(hour=4)
    monkeypatch.setattr(clocks, "now", lambda: noon)
    assert issue_document(store, draft.id).issued_at
    store.close()
