"""What the sign-in and a re-inspection show, and how things are told."""

from typing import Any

import httpx
import pytest

from field_app import errands
from field_app.actions.reinspect import begin_reinspection, finish_reinspection, record_result
from field_app.answers import Unknown
from field_app.delivery import Delivered
from field_app.errands import Errands, Step, said_of_delivery, said_of_refresh
from field_app.refresh import DATASETS, LATER, Refreshed
from field_app.screens.reinspection import view as reinspection
from field_app.screens.sign_in import view as sign_in
from field_app.screens.told import BROKEN, NO_SIGNAL, told
from field_app.vault import Vault, note
from lawbook.inspection import TooFewOfficers
from tests.field_app.screens.display import beside
from tests.field_app.screens.prepared import ME, OTHER, hazard, today
from tests.field_app.tablet import locked

INSPECTION = hazard(1, today())["inspection_id"]


def step_of(path: str) -> Any:
    """The step; that there is none shows in the test."""
    return errands.step_of(path)


INSPECTION = hazard(1, today())["inspection_id"]


def test_a_first_sign_in_knows_nobody(bare):
    shown = sign_in.view(beside(bare), "http://office")
    assert (shown.people, shown.note, shown.gateway) == ("", "", "http://office")


def test_who_has_signed_in_here_is_listed_by_a_masked_name_with_the_letters_unsent(store):
    store.outbox.write("a", "inspection.record", {}, "2026-06-01T00:00:00Z")
    root = store.folder.parent / "vault"
    store = locked(store, root)
    note(store)
    store.close()
    shown = sign_in.view(Vault(root), "http://office")
    assert shown.people.startswith("张＊　")
    assert "还有 1 封信件未送达" in shown.people


def test_without_a_signal_signing_in_says_so_plainly():
    assert "没有信号" in sign_in.words(Unknown("x")).title


def test_a_refusal_is_told_with_its_article_and_next_step():
    said = told(TooFewOfficers("本次检查仅有 1 名执法人员"))
    assert said.law == "行政处罚法 §42"
    assert said.detail == "本次检查仅有 1 名执法人员"
    assert said.next_step


def test_silence_and_accidents_are_told_without_their_insides():
    assert told(Unknown("HTTP 503")) is NO_SIGNAL
    assert told(KeyError("x")) is BROKEN


def test_a_reinspection_lists_every_open_hazard(store):
    shown = reinspection.view(store, INSPECTION, today())
    assert len(shown.hazards) == 2
    assert sorted(line.overdue for line in shown.hazards) == [False, True]
    assert (shown.open_id, shown.me) == ("", ME)
    assert [choice.value for choice in shown.officers] == [OTHER]


def test_a_reinspection_going_on_shows_what_has_been_found(store):
    going_on = begin_reinspection(store, INSPECTION, [ME, OTHER])
    record_result(store, going_on, hazard(1, today())["id"], "corrected", "已加装")
    shown = reinspection.view(store, INSPECTION, today())
    assert shown.open_id == going_on
    assert shown.progress == "已复查 1/2 项"
    assert ("corrected", "已加装") in [(line.outcome, line.remark) for line in shown.hazards]


def test_a_reinspection_that_closed_everything_leads_to_its_document(store):
    going_on = begin_reinspection(store, INSPECTION, [ME, OTHER])
    for number in (1, 2):
        record_result(store, going_on, hazard(number, today())["id"], "corrected")
    finish_reinspection(store, going_on)
    shown = reinspection.view(store, INSPECTION, today())
    assert (shown.hazards, shown.open_id, shown.ended_id) == ([], "", going_on)


def test_each_request_of_a_refresh_is_a_step_onward():
    paths = [f"/v1/pulls/{dataset}" for dataset in DATASETS]
    first, later = paths[: -len(LATER)], paths[-len(LATER) :]
    steps = [step_of(path) for path in [*first, "/v1/packs", "/v1/number-leases/1", *later]]
    assert [step.part for step in steps] == sorted({step.part for step in steps})
    assert steps[2].text == "正在更新：企业台账"
    assert step_of("/v1/oauth/token") is None


def test_what_was_done_is_told_in_a_line():
    assert said_of_refresh(Refreshed(rows={"entities": 3, "units": 0}, packs=2)) == (
        "企业台账 3 条、检查表和文书样式 2 份"
    )
    assert said_of_refresh(Refreshed()) == "没有新的变化"
    assert said_of_delivery(Delivered(sent=2, files=1)) == "信件 2 封已送达，文件 1 个已传完"


async def test_a_refresh_without_a_signal_keeps_what_is_here(store):
    def cut(request):
        raise httpx.ConnectError("no route", request=request)

    steps: list[Step] = []
    runner = Errands(store, "http://office", httpx.MockTransport(cut))
    done = await runner.refresh(steps.append)
    assert done.stopped
    assert steps[0].text == "正在更新：执法单位"
    assert store.mirror.count("entities") == 60
    assert not runner.busy


@pytest.mark.parametrize("signed_in", [True, False])
async def test_something_waits_only_in_somebodys_name(store, signed_in):
    runner = Errands(store, "http://office")
    assert not runner.something_waits()
    store.outbox.write("a", "inspection.record", {}, "2026-06-01T00:00:00Z")
    if not signed_in:
        store.set("token", None)
    assert runner.something_waits() is signed_in
