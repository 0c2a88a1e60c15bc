"""What today shows."""

from datetime import timedelta

from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.screens.today.view import view
from field_app.shelves.mirror import Place
from tests.field_app.screens.prepared import HERE, ME, begun, hazard, officer, scheme, today

DAY = timedelta(1)


def titles(lines):
    return [line.title for line in lines]


def name_of(store, number):
    return store.mirror.entity(scheme(number, today())["entity_id"])["name"]


def test_my_approved_schemes_are_listed_late_ones_first(store):
    shown = view(store, today())
    assert set(titles(shown.schemes)) == {name_of(store, number) for number in (1, 2, 4)}
    assert titles(shown.later) == [name_of(store, 6), name_of(store, 3)]
    assert shown.schemes[0].tone == "bad"
    assert [line.tag for line in shown.schemes] == ["已过3天", "今天", "今天"]
    assert shown.schemes[0].given["scheme_id"] == scheme(4, today())["id"]


def test_schemes_of_others_and_unapproved_ones_are_not_mine(store):
    shown = view(store, today())
    listed = {line.given["scheme_id"] for line in shown.schemes}
    assert scheme(6, today())["id"] not in listed
    later = {line.given["scheme_id"] for line in shown.later}
    assert scheme(5, today())["id"] not in listed | later


def test_what_is_missing_before_i_can_go_stands_at_the_line(store):
    shown = view(store, today())
    assert [line.note for line in shown.later] == ["方案待批准", ""]
    late = scheme(9, today(), officers=["14088200001", "14088200003"], checklist="gone@1.0")
    place = Place("1:2", 1, "2026-06-01T00:00:00Z")
    store.mirror.apply("inspection-schemes", [late], place, whole=False)
    store.db.conn.execute("update lease set next = last + 1 where document = 'inspection-record'")
    (line,) = [one for one in view(store, today()).schemes if one.given["scheme_id"] == late["id"]]
    assert line.note.split("；") == [
        "台账缺 1 项", "何静的执法证届时已过期", "检查表尚未下载", "没有现场检查记录的文号",
    ]  # fmt: skip


def test_what_the_plan_names_this_month_without_a_scheme_is_listed(store):
    shown = view(store, today())
    assert titles(shown.planned) == [name_of(store, 8)]
    assert shown.planned[0].note == "还没有现场检查方案"


def test_with_a_fix_every_line_says_how_far_it_is(store):
    shown = view(store, today(), HERE)
    assert shown.schemes[1].detail.startswith("520 米")
    assert not view(store, today()).schemes[1].detail.startswith("520")


def test_my_own_certificate_s_end_is_told_in_time(store):
    soon = (today() + 9 * DAY).isoformat()
    place = Place("1:2", 1, "2026-06-01T00:00:00Z")
    mine = officer(ME, "张岳", valid_until=soon)
    store.mirror.apply("officers", [mine], place, whole=False)
    assert "张岳的执法证只剩 9 天" in view(store, today()).notes


def test_an_inspection_begun_moves_from_the_schemes_to_the_unfinished(store):
    inspection = begun(store, 1)
    answer_item(store, inspection, "G01", "met")
    shown = view(store, today())
    assert scheme(1, today())["id"] not in {line.given["scheme_id"] for line in shown.schemes}
    (line,) = shown.begun
    assert line.go == "checklist"
    assert line.given == {"inspection_id": inspection}
    assert "已答 1/15 项" in line.detail


def test_an_inspection_without_its_documents_is_unfinished_too(store):
    inspection = begun(store, 1)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, inspection, item.code, "met")
    finish_inspection(store, inspection)
    (line,) = view(store, today()).begun
    assert (line.go, line.given, line.tag) == ("document", {"about": inspection}, "制作文书")


def test_reinspections_are_due_by_their_earliest_open_hazard(store):
    (line,) = view(store, today()).due
    assert line.given == {"inspection_id": hazard(1, today())["inspection_id"]}
    assert "2 项隐患待复查" in line.detail
    assert (line.tag, line.tone) == ("已过2天", "bad")


def test_a_hazard_due_much_later_is_not_urged_today(store):
    assert view(store, today() - 30 * DAY).due == []
    assert len(view(store, today() - 9 * DAY).due) == 1


def test_unsent_letters_are_counted_and_a_refused_one_is_pointed_at(store):
    store.outbox.write("inspection:a", "inspection.record", {"id": "a"}, "2026-06-01T00:00:00Z")
    assert view(store, today()).unsent == 1
    letter = store.outbox.letters()[0]
    store.outbox.refused(letter, {"code": "x", "title": "不符"}, None)
    shown = view(store, today())
    assert shown.unsent == 1
    assert "1 封信件被服务器退回" in shown.notes[0]


def test_few_numbers_left_are_told_in_time(store):
    assert view(store, today()).notes == []
    store.db.conn.execute("update lease set next = 18 where document = 'correction-order'")
    (note,) = view(store, today()).notes
    assert "责令限期整改指令书剩 3 个" in note
    # What is seldom needed is told too, before it is lacking at the plant.
    store.db.conn.execute(
        "insert into lease (id, document, year, count, unit, first, last, next, pattern, asked_at) "
        "select 'rare', 'on-the-spot-penalty', year, 5, unit, 1, 5, 6, pattern, asked_at "
        "from lease where document = 'correction-order'"
    )
    (note,) = view(store, today()).notes
    assert "当场" in note
    assert "剩 0 个" in note


def test_a_tablet_that_was_never_refreshed_says_what_to_do(bare):
    shown = view(bare, today())
    assert shown.refreshed == "尚未更新过数据"
    assert "更新" in shown.empty


def test_a_day_without_work_says_where_to_begin(store):
    store.mirror.forget_places()
    assert "查找企业" in view(store, today()).empty
