"""From the gate to the end of the visit, with no signal at all."""

from dataclasses import asdict

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.meet_party import note_present, show_certificate
from field_app.actions.take_photo import keep_photo
from field_app.moments import day, now
from field_app.refusals import (
    AnswerUnreadable,
    EntityUnknown,
    InspectionEnded,
    InspectionIncomplete,
    InspectionUnknown,
    ItemUnknown,
    PhotoUnreadable,
    SchemeNotApproved,
)
from field_app.shelves.packs import PackMissing
from field_app.wire import Location, Present, fingerprint
from field_app.writing import TooLong
from lawbook.entity import LedgerIncomplete
from lawbook.inspection import Answer, CertificateNotValid, Outcome, TooFewOfficers, Unanswered
from lawbook.rectification import CorrectionDateImpossible, proposed_correct_by
from tests.field_app import tablet
from tests.field_app.tablet import (
    CHECKLIST,
    DRAFTED,
    EXPIRED,
    FIRST,
    INCOMPLETE,
    PLANNED,
    PLANT,
    PRESENT,
    SCHEME,
    SCHEME_OF_INCOMPLETE,
    SECOND,
    SUSPENDED,
    answered,
    begun,
)

PHOTO = b"\xff\xd8\xff" + b"photo" * 100


def ad_hoc(store, **changes):
    given = {
        "entity_id": PLANT, "checklist": "metallurgy", "officers": [FIRST, SECOND],
        "ground": "群众举报", "place": "厂区", "present": PRESENT,
    }  # fmt: skip
    return begin_inspection(store, **(given | changes))


def test_a_visit_by_scheme_takes_plant_check_list_and_officers_from_it(store):
    inspection = store.inspections.one(begun(store))
    assert inspection.entity_id == PLANT
    assert (inspection.scheme_id, inspection.planned_inspection_id) == (SCHEME, PLANNED)
    assert (inspection.checklist, inspection.officers) == (CHECKLIST, [FIRST, SECOND])
    assert inspection.region == "140882"
    assert inspection.ended_at is None


def test_a_scheme_begun_twice_is_one_visit(store):
    assert begun(store) == begun(store, place="别处")
    assert len(store.inspections.all()) == 1


def test_a_scheme_that_nobody_approved_is_refused(store):
    with pytest.raises(SchemeNotApproved):
        begun(store, scheme_id=DRAFTED)


def test_an_incomplete_plant_is_refused_by_the_names_of_what_it_lacks(store):
    with pytest.raises(LedgerIncomplete, match="法定代表人"):
        ad_hoc(store, entity_id=INCOMPLETE)


def test_an_incomplete_plant_with_an_approved_scheme_is_inspected(store):
    assert begun(store, scheme_id=SCHEME_OF_INCOMPLETE)


def test_a_plant_that_is_not_in_the_mirror_is_refused(store):
    with pytest.raises(EntityUnknown):
        ad_hoc(store, entity_id="00000000-0000-4000-8000-00000000ffff")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"officers": [FIRST]}, TooFewOfficers),
        ({"officers": [FIRST, FIRST]}, TooFewOfficers),
        ({"officers": [FIRST, EXPIRED]}, CertificateNotValid),
        ({"officers": [FIRST, SUSPENDED]}, CertificateNotValid),
        ({"officers": [FIRST, "14088299999"]}, CertificateNotValid),
        ({"ground": " "}, InspectionIncomplete),
        ({"place": ""}, InspectionIncomplete),
        ({"officers": None}, InspectionIncomplete),
        ({"present": {"name": "", "duty": "", "phone": ""}}, InspectionIncomplete),
    ],
)
def test_what_the_law_asks_of_a_visit_is_asked_before_it_begins(store, changes, refusal):
    with pytest.raises(refusal):
        ad_hoc(store, **changes)
    assert store.inspections.all() == []


def test_an_ad_hoc_visit_keeps_its_ground_and_quotes_the_version_of_its_check_list(store):
    inspection = store.inspections.one(ad_hoc(store))
    assert (inspection.ground, inspection.checklist) == ("群众举报", "metallurgy@2026.2")
    assert inspection.scheme_id is None


def test_a_visit_by_a_version_that_is_named_stays_on_it(store):
    inspection = store.inspections.one(ad_hoc(store, checklist=CHECKLIST))
    assert inspection.checklist == CHECKLIST


def test_a_check_list_that_is_not_here_is_missing_by_name(store):
    with pytest.raises(PackMissing, match="ammonium"):
        ad_hoc(store, checklist="ammonium")


def test_an_ad_hoc_visit_that_goes_on_is_given_back(store):
    first = ad_hoc(store, checklist=CHECKLIST)
    assert ad_hoc(store) == first
    answered(store, first, unmet=0)
    finish_inspection(store, first)
    assert ad_hoc(store) != first


def test_one_answer_is_one_commit(store, commits):
    inspection_id, item = begun(store), tablet.items(store)[0]
    before = commits()
    answer_item(store, inspection_id, item, Answer.NOT_MET, remark="无记录")
    assert commits() == before + 1


def test_an_unmet_item_is_proposed_a_description_an_article_and_a_day(store):
    inspection_id = begun(store)
    asked = store.packs.checklist(CHECKLIST).items[1]
    said = answer_item(store, inspection_id, asked.code, "not_met")
    assert (said.description, said.basis) == (asked.unmet, asked.basis)
    assert said.correct_by == proposed_correct_by(day(now()), asked.correct_days).isoformat()
    assert said.finding_id


def test_what_the_officer_wrote_about_a_finding_stays_when_the_item_is_answered_again(store):
    inspection_id, item = begun(store), tablet.items(store)[0]
    first = answer_item(
        store, inspection_id, item, "not_met",
        description="三号炉无责任制", correct_by="2099-01-01", major=True,
    )  # fmt: skip
    again = answer_item(store, inspection_id, item, "not_met", remark="已拍照")
    kept = {"finding_id", "description", "correct_by", "major"}
    assert {key: asdict(again)[key] for key in kept} == {key: asdict(first)[key] for key in kept}
    assert again.remark == "已拍照"


def test_an_item_that_is_met_after_all_drops_its_finding_and_keeps_its_photo(store):
    inspection_id, item = begun(store), tablet.items(store)[0]
    answer_item(store, inspection_id, item, "not_met")
    keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="配电柜", check_item=item)
    answer_item(store, inspection_id, item, "met")
    assert store.inspections.answers(inspection_id)[item].finding_id is None
    assert len(store.inspections.photos(inspection_id)) == 1


@pytest.mark.parametrize(
    ("item", "answer", "more", "refusal"),
    [
        ("X99", "met", {}, ItemUnknown),
        ("G01", "perhaps", {}, AnswerUnreadable),
        ("G01", "not_met", {"correct_by": "明天"}, AnswerUnreadable),
        ("G01", "not_met", {"correct_by": "2020-01-01"}, CorrectionDateImpossible),
    ],
)
def test_an_answer_that_is_none_is_refused_and_nothing_is_kept(store, item, answer, more, refusal):
    inspection_id = begun(store)
    with pytest.raises(refusal):
        answer_item(store, inspection_id, item, answer, **more)
    assert store.inspections.answers(inspection_id) == {}


def test_more_than_the_office_takes_is_refused_while_it_can_be_shortened(store):
    inspection_id, item = begun(store), tablet.items(store)[0]
    with pytest.raises(TooLong):
        answer_item(store, inspection_id, item, "not_met", remark="长" * 2001)
    with pytest.raises(TooLong):
        answer_item(store, inspection_id, item, "not_met", description="长" * 2001)
    with pytest.raises(TooLong):
        keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="长" * 501)
    with pytest.raises(TooLong):
        ad_hoc(store, place="长" * 201)
    assert store.inspections.answers(inspection_id) == {}


def test_what_no_database_keeps_is_left_out_of_what_was_typed(store):
    said = answer_item(store, begun(store), tablet.items(store)[0], "met", remark=" 已\0改\ud83d ")
    assert said.remark == "已改?"


def test_a_photo_is_named_by_its_bytes_and_the_same_bytes_are_one_photo(store):
    inspection_id = begun(store)
    first = keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="炉前")
    again = keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="再拍")
    assert again == first
    assert store.files.read(first.path) == PHOTO
    assert [path.name for path in (store.folder / "files").iterdir()] == [f"{first.sha256}.jpg"]


@pytest.mark.parametrize(("data", "media_type"), [(b"", "image/jpeg"), (PHOTO, "text/html")])
def test_what_is_no_photo_is_refused(store, data, media_type):
    with pytest.raises(PhotoUnreadable):
        keep_photo(store, begun(store), data, media_type, caption="")


def test_a_visit_with_open_items_does_not_end(store):
    inspection_id = begun(store)
    with pytest.raises(Unanswered):
        finish_inspection(store, inspection_id)
    assert store.outbox.letters() == []


def test_the_end_writes_the_record_then_its_photos_in_one_commit(store, commits):
    inspection_id = answered(store, begun(store))
    item = tablet.items(store)[0]
    keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="炉前", check_item=item)
    keep_photo(store, inspection_id, PHOTO + b"2", "image/jpeg", caption="大门")
    before = commits()
    assert finish_inspection(store, inspection_id) is Outcome.PROBLEM_FOUND
    assert commits() == before + 1

    letters = store.outbox.letters()
    assert [one.kind for one in letters] == ["inspection.record", *["evidence.declare"] * 2]
    assert {one.subject for one in letters} == {f"inspection:{inspection_id}"}
    assert all(one.sha256 == fingerprint(one.body) for one in letters)
    record, first, second = (one.body for one in letters)
    assert len(record["findings"]) == 2
    assert record["ended_at"] >= record["started_at"]
    assert set(record["answers"]) == set(tablet.items(store))
    assert first["hazard_id"] == record["findings"][0]["id"]
    assert second["hazard_id"] is None
    assert [one.state for one in store.outbox.uploads()] == ["waiting", "waiting"]


def test_a_visit_ended_twice_writes_its_letters_once(store):
    inspection_id = answered(store, begun(store), unmet=0)
    assert finish_inspection(store, inspection_id) is Outcome.NO_PROBLEM_FOUND
    letters = store.outbox.letters()
    assert finish_inspection(store, inspection_id) is Outcome.NO_PROBLEM_FOUND
    assert store.outbox.letters() == letters


def test_nothing_is_changed_after_the_end(store):
    inspection_id = answered(store, begun(store))
    photo = keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="炉前")
    finish_inspection(store, inspection_id)
    with pytest.raises(InspectionEnded):
        answer_item(store, inspection_id, tablet.items(store)[0], "met")
    with pytest.raises(InspectionEnded):
        keep_photo(store, inspection_id, PHOTO + b"later", "image/jpeg", caption="")
    assert keep_photo(store, inspection_id, PHOTO, "image/jpeg", caption="") == photo


def test_a_certificate_that_ran_out_since_stops_the_end_of_the_visit(store):
    inspection_id = answered(store, begun(store))
    place = store.mirror.place("officers")
    late = [tablet.officer(SECOND, "2021-01-31")]
    store.mirror.apply("officers", late, place, whole=False)
    with pytest.raises(CertificateNotValid):
        finish_inspection(store, inspection_id)
    assert store.inspections.one(inspection_id).ended_at is None


def test_an_inspection_of_another_tablet_is_refused(store):
    for act in (finish_inspection, lambda s, i: answer_item(s, i, "G01", "met")):
        with pytest.raises(InspectionUnknown):
            act(store, "00000000-0000-4000-8000-00000000ffff")


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("complaint", "", "举报投诉"),
        ("accident", "3号炉喷溅", "事故（3号炉喷溅）"),
        ("other", "节前抽查", "节前抽查"),
        (None, "群众举报", "群众举报"),
    ],
)
def test_an_ad_hoc_visit_says_its_ground_by_kind_and_text(store, kind, text, said):
    inspection_id = answered(
        store, ad_hoc(store, checklist=CHECKLIST, ground_kind=kind, ground=text)
    )
    assert store.inspections.one(inspection_id).occasion == said
    finish_inspection(store, inspection_id)
    body = store.record(inspection_id)
    assert (body.get("ground_kind"), body.get("ground", "")) == (kind, text)


@pytest.mark.parametrize("given", [{"ground_kind": "other", "ground": " "}, {"ground": None}])
def test_a_ground_of_another_kind_needs_its_words(store, given):
    with pytest.raises(InspectionIncomplete, match="检查缘由"):
        ad_hoc(store, **given)
    with pytest.raises(AnswerUnreadable):
        ad_hoc(store, ground_kind="whim")


def place(lon: float) -> Location:
    return {"lat": 35.6, "lon": lon, "accuracy": 8.0, "datum": "WGS84"}


def test_a_tablet_without_satellites_says_no_place_and_an_older_office_hears_of_none(store):
    inspection_id = begun(store)
    finish_inspection(store, answered(store, inspection_id))
    later = {"shown_clock", "shown_location", "ended_location"}
    later |= {"present_at", "present_clock", "present_location"}
    assert later & set(store.record(inspection_id)) == set()


def test_the_certificate_is_shown_once_and_the_moment_travels_with_the_record(store):
    inspection_id = begun(store, location=place(110.71))
    at = show_certificate(store, inspection_id, place(110.72))
    assert show_certificate(store, inspection_id, place(110.79)) == at
    finish_inspection(store, answered(store, inspection_id), location=place(110.73))
    body = store.record(inspection_id)
    assert body["certificate_shown_at"] == at
    # The place and the clocks are of each act by itself: begun, shown, ended.
    assert [body[name]["lon"] for name in ("location", "shown_location", "ended_location")] == [
        110.71, 110.72, 110.73,
    ]  # fmt: skip
    ticked = [body[name]["monotonic"] for name in ("begun_clock", "shown_clock", "clock")]
    assert ticked == sorted(ticked)
    assert body["shown_clock"]["before"]["wall"] == body["begun_clock"]["wall"]
    with pytest.raises(InspectionEnded):
        show_certificate(store, inspection_id)


def test_who_was_there_is_kept_and_travels_with_the_record(store):
    inspection_id = begun(store)
    foreman: Present = {"name": "关山月", "duty": "车间主任", "phone": ""}
    nobody: Present = {"name": " ", "duty": "", "phone": ""}
    note_present(store, inspection_id, [PRESENT, foreman, nobody], place(110.74))
    kept_then = store.inspections.one(inspection_id)
    # The same people again are no other act.
    note_present(store, inspection_id, [PRESENT, foreman], place(110.75))
    assert store.inspections.one(inspection_id) == kept_then
    finish_inspection(store, answered(store, inspection_id))
    body = store.record(inspection_id)
    assert (body["present_location"]["lon"], body["present_at"]) == (110.74, kept_then.present_at)
    assert body["present_clock"]["before"]["wall"] == body["begun_clock"]["wall"]
    assert (body["present"], body["also_present"]) == (PRESENT, [foreman])
    with pytest.raises(InspectionEnded):
        note_present(store, inspection_id, [PRESENT])


def test_a_visit_without_anybody_in_charge_is_not_kept(store):
    inspection_id = begun(store)
    nobody: Present = {"name": "", "duty": "", "phone": ""}
    for people in ([], [nobody], [PRESENT] * 12):
        with pytest.raises(InspectionIncomplete):
            note_present(store, inspection_id, people)
    assert store.inspections.one(inspection_id).present == PRESENT


def test_a_record_of_a_scheme_that_says_nothing_new_has_the_shape_of_before(store):
    inspection_id = answered(store, begun(store))
    finish_inspection(store, inspection_id)
    new = {"ground_kind", "ground", "certificate_shown_at", "also_present"}
    assert not new & set(store.record(inspection_id))
