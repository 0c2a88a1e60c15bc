"""现场检查方案 drafted at the plant, approved at the office, shown and printed on the tablet."""

import json

import pytest

from field_app.actions.draft_scheme import (
    SchemeOrdered,
    SchemeSent,
    SchemeUnknown,
    Stand,
    draft_for_plant,
    draft_for_visit,
    give_up_scheme,
    scheme_paper,
    scheme_pdf,
    send_scheme,
    stand,
    write_scheme,
)
from field_app.delivery import deliver
from field_app.moments import day, now
from field_app.refresh import refresh
from field_app.refusals import InspectionIncomplete
from field_app.screens.document.as_text import as_text
from field_app.screens.document.view import documents
from field_app.screens.scheme.view import view
from field_app.screens.today.view import view as today_view
from lawbook.entity import LedgerIncomplete
from lawbook.inspection import TooFewOfficers
from tests.field_app.office import good
from tests.field_app.tablet import (
    CHECKLIST,
    FIRST,
    INCOMPLETE,
    PLANT,
    SECOND,
    begun,
)
from tests.field_app.weather import Weather

AD_HOC = {
    "scheme_id": None, "checklist": CHECKLIST, "officers": [FIRST, SECOND],
    "ground_kind": "complaint", "ground": "群众反映熔炼车间冒烟",
}  # fmt: skip


def stands(store, scheme_id):
    return stand(store, store.schemes.one(scheme_id))


def shown_of(store, scheme_id):
    shown = view(store, scheme_id)
    assert shown is not None
    return shown


def text_of(store, scheme_id):
    return "\n".join(
        said.label + said.text for said in as_text(scheme_paper(store, scheme_id).blocks)
    )


def test_a_scheme_says_what_is_known_of_its_visit(store):
    visit = begun(store, entity_id=PLANT, **AD_HOC)
    drafted = draft_for_visit(store, visit)
    assert draft_for_visit(store, visit) == drafted
    said = text_of(store, drafted)
    assert "●举报核查" in said.replace(" ", "").replace("　", "")
    for known in ("张岳", "李秋", SECOND, "举报投诉（群众反映熔炼车间冒烟）", "冶金"):
        assert known in said, known
    assert stands(store, drafted) is Stand.DRAFT
    assert shown_of(store, drafted).note.startswith("检查已先行开展")


def test_a_visit_that_a_scheme_orders_needs_no_other(store):
    with pytest.raises(SchemeOrdered):
        draft_for_visit(store, begun(store))
    shown = documents(store, begun(store))
    assert shown is not None
    assert "inspection-scheme" not in {one.kind for one in shown.others}


def test_what_the_office_would_refuse_is_refused_before_anything_is_kept(store):
    given = {"checklist": CHECKLIST, "ground_kind": "special", "ground": None}
    for wrong, entity_id, officers in (
        (LedgerIncomplete, INCOMPLETE, [FIRST, SECOND]),
        (TooFewOfficers, PLANT, [FIRST]),
    ):
        with pytest.raises(wrong):
            draft_for_plant(store, entity_id, officers=officers, **given)
    with pytest.raises(InspectionIncomplete):
        draft_for_plant(
            store, PLANT, checklist=None, officers=[FIRST, SECOND], ground_kind=None, ground=" "
        )
    assert store.schemes.all() == []


def test_a_draft_is_sent_once_and_is_not_changed_while_it_waits(store):
    drafted = draft_for_visit(store, begun(store, entity_id=PLANT, **AD_HOC))
    write_scheme(store, drafted, ["", "  "], "现场检查")
    with pytest.raises(InspectionIncomplete):
        send_scheme(store, drafted)
    write_scheme(store, drafted, ["熔炼设备", " ", "除尘系统 "], "现场检查")
    send_scheme(store, drafted)
    with pytest.raises(SchemeSent):
        send_scheme(store, drafted)
    with pytest.raises(SchemeSent):
        give_up_scheme(store, drafted)
    with pytest.raises(SchemeSent):
        write_scheme(store, drafted, ["别的"], "询问")
    (letter,) = store.outbox.letters()
    assert (letter.kind, letter.body["contents"]) == ("scheme.draft", ["熔炼设备", "除尘系统"])
    assert stands(store, drafted) is Stand.ON_ITS_WAY


def test_a_draft_that_nobody_was_asked_about_is_given_up(store):
    drafted = draft_for_visit(store, begun(store, entity_id=PLANT, **AD_HOC))
    give_up_scheme(store, drafted)
    with pytest.raises(SchemeUnknown):
        send_scheme(store, drafted)
    assert store.outbox.letters() == []


@pytest.fixture
async def tablet(office, tablet_of):
    """A tablet that has been refreshed, its way to the office, and the people of the office."""
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    return store, client


async def decided(office, scheme_id, step, agreed=True):
    who = {
        "review": office.client("section_chief", officer="14088200004", name="王衡"),
        "approval": office.client("bureau_head", officer="14088200005", name="赵明远"),
    }[step]
    opinion = {"opinion": "同意。" if agreed else "检查内容写得太粗。", "agreed": agreed}
    return await good(await who.put(f"/v1/inspection-schemes/{scheme_id}/{step}", json=opinion))


async def test_the_scheme_of_an_urgent_visit_is_approved_afterwards_and_printed_with_its_number(
    office, tablet
):
    store, client = tablet
    visit = begun(store, entity_id=office.plant, **AD_HOC)
    drafted = draft_for_visit(store, visit)
    # No network: it waits, and can be printed as it stands, without number or opinion.
    send_scheme(store, drafted)
    assert today_view(store, day(now())).drafted[0].tag == "待送达"
    assert scheme_paper(store, drafted).number is None
    assert store.files.read(scheme_pdf(store, drafted)).startswith(b"%PDF")
    assert (await deliver(store, client)).refused == 0
    assert stands(store, drafted) is Stand.DRAFTED
    await decided(office, drafted, "review")
    await refresh(store, client)
    assert stands(store, drafted) is Stand.REVIEWED
    told = await decided(office, drafted, "approval")
    assert told["inspection_id"] == visit
    await refresh(store, client)
    assert stands(store, drafted) is Stand.APPROVED
    shown = shown_of(store, drafted)
    assert shown.number == told["number"]
    assert not shown.writes
    assert [label for label, _ in shown.opinions] == ["审核", "批准"]
    # What the tablet prints says what the office issued, word for word.
    issued = (await office.client("officer").get(f"/v1/documents/{told['document_id']}")).json()
    assert scheme_paper(store, drafted).digest == issued["digest"]
    assert store.files.read(scheme_pdf(store, drafted)).startswith(b"%PDF")
    assert len(list((store.folder / "files").glob("*.pdf"))) == 1
    # It orders no visit: it came after its own.
    day_now = today_view(store, day(now()))
    assert drafted not in json.dumps([one.given for one in (*day_now.schemes, *day_now.later)])
    assert day_now.drafted == []


async def test_a_scheme_that_was_sent_before_its_visit_orders_it_once_it_is_approved(
    office, tablet
):
    store, client = tablet
    drafted = draft_for_plant(
        store, office.plant, checklist=CHECKLIST, officers=[FIRST, SECOND],
        ground_kind="special", ground=None,
    )  # fmt: skip
    send_scheme(store, drafted)
    await deliver(store, client)
    await decided(office, drafted, "review")
    await decided(office, drafted, "approval")
    await refresh(store, client)
    assert drafted in [one.given.get("scheme_id") for one in today_view(store, day(now())).schemes]
    assert store.inspections.one(begun(store, scheme_id=drafted)).scheme_id == drafted


async def test_a_returned_scheme_is_written_anew_and_goes_to_the_office_again(office, tablet):
    store, client = tablet
    drafted = draft_for_visit(store, begun(store, entity_id=office.plant, **AD_HOC))
    send_scheme(store, drafted)
    await deliver(store, client)
    await decided(office, drafted, "review", agreed=False)
    await refresh(store, client)
    assert stands(store, drafted) is Stand.RETURNED
    assert "检查内容写得太粗" in shown_of(store, drafted).opinions[0][1]
    write_scheme(store, drafted, ["熔炼设备", "除尘系统"], "现场检查、询问")
    send_scheme(store, drafted)
    # What was said of the earlier one does not stand on this one's paper.
    assert "写得太粗" not in text_of(store, drafted)
    await deliver(store, client)
    assert stands(store, drafted) is Stand.DRAFTED
    told = await decided(office, drafted, "review")
    assert (told["stage"], told["contents"]) == ("reviewed", ["熔炼设备", "除尘系统"])


async def test_a_returned_scheme_that_says_the_same_again_waits_for_its_review_again(
    office, tablet
):
    store, client = tablet
    drafted = draft_for_visit(store, begun(store, entity_id=office.plant, **AD_HOC))
    send_scheme(store, drafted)
    await deliver(store, client)
    await decided(office, drafted, "review", agreed=False)
    await refresh(store, client)
    send_scheme(store, drafted)
    await deliver(store, client)
    await refresh(store, client)
    assert stands(store, drafted) is Stand.DRAFTED
    assert (await decided(office, drafted, "review"))["stage"] == "reviewed"


async def test_the_same_letter_again_changes_nothing_and_a_stranger_plant_waits(office, tablet):
    store, _ = tablet
    drafted = draft_for_visit(store, begun(store, entity_id=office.plant, **AD_HOC))
    send_scheme(store, drafted)
    (letter,) = store.outbox.letters()
    officer = office.client("officer", officer=FIRST, name="张岳")
    url = f"/v1/scheme-drafts/{letter.body['id']}"
    first = await good(await officer.put(url, json=letter.body))
    assert await good(await officer.put(url, json=letter.body)) == first
    stranger = letter.body | {"entity_id": letter.body["id"]}
    answer = await officer.put(url, json=stranger)
    assert (answer.status_code, answer.json()["code"]) == (409, "not-known-yet")
    answer = await officer.put(f"/v1/scheme-drafts/{drafted}", json=letter.body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_a_refused_scheme_is_corrected_in_its_place(office, tablet):
    store, client = tablet
    drafted = draft_for_visit(store, begun(store, entity_id=office.plant, **AD_HOC))
    row = store.schemes.one(drafted)
    store.schemes.change(drafted, {"record": json.dumps(row.record | {"checklist": "no@1.0"})})
    send_scheme(store, drafted)
    assert (await deliver(store, client)).refused == 1
    assert stands(store, drafted) is Stand.REFUSED
    store.schemes.change(drafted, {"record": json.dumps(row.record)})
    send_scheme(store, drafted)
    assert (await deliver(store, client)).refused == 0
    assert stands(store, drafted) is Stand.DRAFTED
    assert {one.state for one in store.outbox.letters()} == {"replaced", "sent"}
