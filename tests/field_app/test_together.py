"""Two officers on one visit, each on a tablet of his own, against the real office."""

from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest

from field_app import carrier, replies, sealing
from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import VISIT
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.settle_item import settle_item
from field_app.actions.sign_in import sign_in
from field_app.actions.take_photo import keep_photo
from field_app.delivery import deliver
from field_app.enrolment import enrol
from field_app.errands import Errands
from field_app.moments import kept, now, read
from field_app.refresh import refresh
from field_app.refusals import LedByColleague
from field_app.session import office_client
from field_app.sharing import share
from lawbook.inspection import Answer
from lawbook.merging import ConflictsOpen, merged
from tests.examples import account, jpeg
from tests.field_app import tablet
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import FIRST, SECOND, answered, begun, items
from tests.field_app.test_enrolled import a_code


class Tablet:
    """A store and its client; `meets` is one contact with the office."""

    def __init__(self, store, client):
        self.store, self.client = store, client

    async def meets(self):
        assert (await deliver(self.store, self.client)).stopped is None
        assert (await refresh(self.store, self.client)).stopped is None

    def open_items(self, visit):
        return [
            item
            for item, fields in merged(self.store.visits.patches(visit)).items()
            if any(field.open for field in fields.values())
        ]


@pytest.fixture
async def two(office, tmp_path):
    """The tablets of 张岳 and of 李秋, signed in and up to date."""
    clerk = office.client("administrator")
    known = (await good(await clerk.get("/v1/officers")))["items"]
    liqiu = next(one["id"] for one in known if one["certificate"]["number"] == SECOND)
    told = account("liqiu", name="李秋", officer_id=liqiu)
    await good(await clerk.put(f"/v1/accounts/{uuid4()}", json=told))
    made = []
    for name in ("zhangyue", "liqiu"):
        store = tablet.opened(tmp_path / name)
        await sign_in(store, URL, name, PASSWORD, office.transport)
        made.append(Tablet(store, office_client(store, URL, office.transport)))
        assert (await refresh(store, made[-1].client)).stopped is None
    yield made
    for one in made:
        await one.client.aclose()
        one.store.close()


async def test_each_answers_his_part_and_both_tablets_have_the_whole(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    await a.meets()
    await b.meets()
    joined = b.store.inspections.one(visit)
    assert (joined.led_by, joined.officers) == (FIRST, [FIRST, SECOND])
    codes = items(a.store)
    for item in codes[:3]:
        answer_item(a.store, visit, item, Answer.MET)
    answer_item(b.store, visit, codes[3], Answer.NOT_MET, description="护栏缺失", remark="东侧")
    for item in codes[4:]:
        answer_item(b.store, visit, item, Answer.MET)
    photo = keep_photo(b.store, visit, jpeg(), "image/jpeg", caption="护栏", check_item=codes[3])
    for one in (b, a, b):
        await one.meets()
    assert a.store.inspections.answers(visit) == b.store.inspections.answers(visit)
    assert set(a.store.inspections.answers(visit)) == set(codes)
    with pytest.raises(LedByColleague, match="张岳"):
        finish_inspection(b.store, visit)
    finish_inspection(a.store, visit)
    for one in (a, b):
        await one.meets()
    assert b.store.inspections.one(visit).outcome == "problem_found"
    with pytest.raises(LedByColleague, match="张岳"):
        compose_document(b.store, visit, "inspection-record")
    await b.meets()
    assert [one.kind for one in b.store.outbox.letters()] == ["visit.answer", "evidence.declare"]
    assert {one.state for one in b.store.outbox.letters()} == {"sent"}
    told = await good(await office.client("officer").get(f"/v1/inspections/{visit}"))
    (found,) = told["findings"]
    assert (found["description"], found["id"]) == ("护栏缺失", str(uuid5(UUID(visit), codes[3])))
    (there,) = (await good(await office.client("officer").get(f"/v1/evidence?inspection={visit}")))[
        "items"
    ]
    assert (there["id"], there["hazard_id"], there["state"]) == (
        photo.id, found["id"], "received",
    )  # fmt: skip


async def test_one_item_answered_differently_is_kept_twice_and_the_visit_ends_once_one_is_chosen(
    office, two
):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    await a.meets()
    await b.meets()
    answered(a.store, visit, unmet=0)
    item = items(a.store)[0]
    answer_item(b.store, visit, item, Answer.NOT_MET, description="台账不全")
    for one in (b, a, b):
        await one.meets()
    assert a.open_items(visit) == b.open_items(visit) == [item]
    with pytest.raises(ConflictsOpen, match=item):
        finish_inspection(a.store, visit)
    # To say the same again, or something else, leaves the other's word where it is.
    answer_item(b.store, visit, item, Answer.NOT_MET, description="台账缺 3 个月")
    await b.meets()
    await a.meets()
    assert a.open_items(visit) == [item]
    theirs = next(
        word
        for word in merged(a.store.visits.patches(visit))[item]["answer"].standing
        if word.officer == SECOND
    )
    settle_item(a.store, visit, item, "answer", theirs.patch)
    assert a.store.inspections.answers(visit)[item].description == "台账缺 3 个月"
    finish_inspection(a.store, visit)
    for one in (a, b):
        await one.meets()
    told = await good(await office.client("officer").get(f"/v1/visits/{visit}"))
    (settled,) = told["settled"]
    assert (settled["chosen"]["officer"], settled["left"][0]["value"]) == (FIRST, "met")
    assert told["left_out"] == []


async def test_two_who_began_out_of_reach_are_on_one_visit_and_the_earlier_one_leads(
    office, two, monkeypatch
):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    later = now() + timedelta(minutes=5)
    monkeypatch.setattr("field_app.actions.begin_inspection.now", lambda: later)
    assert (
        begun(b.store, scheme_id=office.scheme) == visit == str(uuid5(UUID(office.scheme), VISIT))
    )
    answer_item(a.store, visit, items(a.store)[0], Answer.MET)
    answer_item(b.store, visit, items(b.store)[1], Answer.MET)
    for one in (b, a, b):
        await one.meets()
    assert a.store.inspections.one(visit).led_by is None
    assert b.store.inspections.one(visit).led_by == FIRST
    assert set(a.store.inspections.answers(visit)) == set(items(a.store)[:2])


async def test_what_a_tablet_without_a_signal_tells_after_the_end_is_kept_and_shown(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    await a.meets()
    await b.meets()
    answer_item(b.store, visit, items(b.store)[0], Answer.NOT_MET, description="灭火器失效")
    answered(a.store, visit, unmet=0)
    finish_inspection(a.store, visit)
    await a.meets()
    await b.meets()
    assert b.store.inspections.one(visit).ended_at
    told = await good(await office.client("officer").get(f"/v1/visits/{visit}"))
    assert [(o["field"], o["word"]["value"], o["late"]) for o in told["left_out"]] == [
        ("answer", "not_met", True), ("description", "灭火器失效", True),
    ]  # fmt: skip
    # What was said here is still here.
    assert b.store.inspections.answers(visit)[items(b.store)[0]].description == "灭火器失效"
    await a.meets()
    assert {one.officer for one in a.store.visits.patches(visit)} == {FIRST, SECOND}


async def test_a_colleague_ends_the_visit_of_a_tablet_that_is_broken(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    await a.meets()
    await b.meets()
    answered(b.store, visit, unmet=1)
    finish_inspection(b.store, visit, in_stead=True)
    assert compose_document(b.store, visit, "inspection-record").number
    await b.meets()
    # The broken one comes back to life, and had finished too.
    answered(a.store, visit, unmet=0)
    finish_inspection(a.store, visit)
    await deliver(a.store, a.client)
    refused = [one for one in a.store.outbox.letters() if one.state == "refused"]
    assert [one.problem["code"] for one in refused] == ["recorded-by-colleague"]
    told = await good(await office.client("officer").get(f"/v1/visits/{visit}"))
    assert {one["word"]["officer"] for one in told["left_out"]} == {FIRST}


async def test_a_visit_that_nobody_else_works_on_costs_no_letter(office, two):
    a, _ = two
    visit = answered(a.store, begun(a.store, scheme_id=office.scheme))
    finish_inspection(a.store, visit)
    assert share(a.store) == 0
    await a.meets()
    assert {one.kind for one in a.store.outbox.letters()} == {"inspection.record"}


async def test_telling_and_meeting_again_changes_nothing(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    answer_item(a.store, visit, items(a.store)[0], Answer.MET)
    for one in (a, b, a, b):
        await one.meets()
    before = (len(a.store.outbox.letters()), b.store.visits.patches(visit))
    for one in (a, b):
        await one.meets()
    assert (len(a.store.outbox.letters()), b.store.visits.patches(visit)) == before
    assert before[0] == 2
    assert read(b.store.inspections.one(visit).started_at) <= now()
    assert kept(read(b.store.inspections.one(visit).started_at)) == (
        a.store.inspections.one(visit).started_at
    )


async def test_an_officer_who_is_not_of_the_visit_does_not_join_it(office, two):
    a, b = two
    b.store.set("me", b.store.setting("me") | {"officer": "14088299999"})
    begun(a.store, scheme_id=office.scheme)
    await a.meets()
    await b.meets()
    assert b.store.inspections.all() == []


async def test_answers_given_before_words_were_kept_are_told_too(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    answer_item(a.store, visit, items(a.store)[0], Answer.NOT_MET, remark="旧版填写")
    with a.store.atomic():
        a.store.db.conn.execute("delete from patch")
    await a.meets()
    await b.meets()
    assert b.store.inspections.answers(visit)[items(b.store)[0]].remark == "旧版填写"


async def test_what_two_say_travels_by_a_colleagues_hand_and_back_to_both(office, tmp_path, two):
    a, b = (one.store for one in two)
    for one in two:
        await enrol(
            one.store.installation,
            URL,
            await a_code(office),
            one.store.folder.name,
            office.transport,
        )
        await Errands(one.store, URL, office.transport).refresh()
    # No network from here on: the scheme makes it one visit on both.
    visit = begun(a, scheme_id=office.scheme)
    assert begun(b, scheme_id=office.scheme) == visit
    codes = items(a)
    for store, item, said in (
        (a, codes[0], Answer.MET), (a, codes[2], Answer.MET),
        (b, codes[1], Answer.NOT_MET), (b, codes[2], Answer.NOT_MET),
    ):  # fmt: skip
        answer_item(store, visit, item, said)
    sealed = sealing.export(a, tmp_path / "stick")
    # The same again is nothing new.
    words = [one.id for one in a.outbox.letters()]
    sealing.export(a, tmp_path / "stick")
    assert [one.id for one in a.outbox.letters()] == words
    carrier.take(b.installation, sealed)
    done = await Errands(b, URL, office.transport).deliver()
    assert (done.carried, done.stopped) == (1, None)
    await Errands(b, URL, office.transport).refresh()
    assert set(b.inspections.answers(visit)) >= set(codes[:2])
    # What differs stands open on her tablet, and on mine once it has a signal.
    assert two[1].open_items(visit) == [codes[2]]
    assert carrier.hand_out_replies(b.installation, tmp_path / "stick") == 1
    (reply,) = (tmp_path / "stick").glob("*.huizhi")
    assert replies.take_in(a, reply).sent == len(words)
    assert a.outbox.counts()["waiting"] == 0
    await Errands(a, URL, office.transport).refresh()
    assert two[0].open_items(visit) == [codes[2]]
    assert set(a.inspections.answers(visit)) >= set(codes[:2])
