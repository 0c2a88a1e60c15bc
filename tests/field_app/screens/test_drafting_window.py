"""What is being written on any screen outlives the battery, and goes with the act it was for (R1)."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.draft_scheme import draft_for_visit
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.reinspect import begin_reinspection
from field_app.screens.plant.filling import SOURCE_CHOICES
from tests.field_app.screens import typing_killed
from tests.field_app.screens.prepared import ME, OTHER, PRESENT, as_written, begun, entity_id
from tests.field_app.tablet import lease, opened

pytestmark = pytest.mark.display
ROOT = Path(__file__).parents[3]
INQUIRY, SURVEY = "inquiry-record", "survey-record"


@pytest.fixture
def died(tmp_path):
    """The store as the disk has it at this moment, opened by whoever comes after the battery died."""
    stores: list[Any] = []

    def copy(store):
        folder = tmp_path / f"after-{len(stores)}"
        shutil.copytree(store.folder, folder)
        stores.append(opened(folder))
        return stores[-1]

    yield copy
    for one in stores:
        one.close()


def drafts(store):
    """(screen, field) of all that is being written."""
    return {
        (screen, field.rpartition("/")[2])
        for screen, field in store.db.conn.execute("select screen, field from draft").fetchall()
    }


async def test_what_was_typed_two_seconds_before_the_kill_stands_in_the_form_again(store, window):
    visit = begun(store, 2)
    store.close()

    def run(*said):
        return subprocess.run(
            [sys.executable, "-m", typing_killed.__name__, store.folder, visit, INQUIRY, *said],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    text = "问：六月二十日何人当班？答：王某某。"
    assert run("dialogue", text).returncode == -signal.SIGKILL
    assert run("dialogue").stdout.endswith(text)


async def test_a_form_is_kept_while_it_is_written_and_goes_when_it_is_saved(store, hands_on, died):
    visit = begun(store, 2)
    lease(store, SURVEY)
    with hands_on(store) as hands:
        hands.app.go("document", about=visit, kind=INQUIRY)
        form = hands.app.page._form
        form._fields["dialogue"].text = "问：何人当班？"
        chip = form._chips["gender"][0]
        chip.dispatch("on_release")
        await hands.until(lambda: len(store.drafts.of("document", visit)) == 2)
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("document", about=visit, kind=INQUIRY)
        page = hands.app.page
        assert page._form.texts()["dialogue"] == "问：何人当班？"
        assert page._form.chosen()["gender"] == [chip.value]
        hands.app.back()
        hands.app.go("document", about=visit, kind=SURVEY)
        for code, text in as_written(SURVEY).items():
            page._form._fields[code].text = text[:16].replace("T", " ") if "_at" in code else text
        page.keep_draft()
        assert ("document", "survey") in drafts(after)
        page.press()
        (made,) = after.documents.of_inspection(visit)
        assert made.data["survey"] == as_written(SURVEY)["survey"]
        hands.app.back()
        # What was made is a draft no more; what was not still is.
        assert drafts(after) == {("document", "dialogue"), ("document", "gender")}


async def test_changes_to_a_saved_document_are_called_unsaved_and_can_be_given_up(store, hands_on):
    visit = begun(store, 2)
    lease(store, SURVEY)
    made = compose_document(store, visit, SURVEY, as_written(SURVEY))
    with hands_on(store) as hands:
        hands.app.go("document", about=visit, document_id=made.id)
        page = hands.app.page
        page.write()
        before = page._form.texts()["survey"]
        page._form._fields["survey"].text = "改写了。"
        await hands.key("escape")
        assert page.writing is False
        assert any("还没有保存" in str(getattr(one, "text", "")) for one in page.walk())
        page.write()
        assert page._form.texts()["survey"] == "改写了。"
        await hands.press("恢复原样")
        assert page._form.texts()["survey"] == before
        assert drafts(store) == set()
        page._form._fields["survey"].text = "又改写了。"
        hands.app.back()
        hands.app.back()
        assert drafts(store) == {("document", "survey")}
        hands.app.go("document", about=visit, document_id=made.id)
        page._discard(made.id, "内容有误，重新制作")
        assert store.documents.one(made.id) is None
        assert drafts(store) == set()


async def test_what_the_ledger_lacks_and_how_a_visit_begins_stand_in_their_forms(
    store, hands_on, died
):
    plant = entity_id(9)
    with hands_on(store) as hands:
        hands.app.go("plant", entity_id=plant)
        boxes = hands.app.page._boxes
        boxes["fill/of/principal_mobile"].text = "13903590001"
        boxes["fill/note"].text = "门卫登记簿"
        boxes["fill/source"].choose([SOURCE_CHOICES[0].value])
        await hands.until(lambda: store.drafts.of("plant", plant))
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("plant", entity_id=plant)
        page = hands.app.page
        assert page._boxes["fill/note"].text == "门卫登记簿"
        assert page._boxes["fill/source"].chosen == [SOURCE_CHOICES[0].value]
        page.fill(hands.app.page.ids.left.children[-1])
        assert after.proposals.of(plant), page.ids.banner.detail
        assert drafts(after) == set()
        hands.app.go("plant", entity_id=entity_id(11))
        boxes = hands.app.page._boxes
        boxes["begin/ordered/ground_text"].text = "市局督办"
        boxes["begin/ordered/officers"].choose([OTHER])
        boxes["begin/ordered/ground"].choose(["assigned"])
        boxes["begin/name"].text = "关山月"
        hands.app.back()
        hands.app.go("plant", entity_id=entity_id(11))
        page = hands.app.page
        assert page._form.ids.officers.chosen == [OTHER]
        assert page._form.ids.name.text == "关山月"
        assert drafts(after) == {
            ("plant", "ground_text"), ("plant", "officers"), ("plant", "name"), ("plant", "ground"),
        }  # fmt: skip
        page.begin()
        (visit,) = after.inspections.all()
        assert visit.present["name"] == "关山月"
        assert drafts(after) == set()


async def test_a_remark_written_before_the_answer_goes_with_it(store, hands_on, died):
    visit = begun(store, 2)
    answer_item(store, visit, "G01", "met")
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=visit)
        page = hands.app.page
        code = page.code
        page.ids.remark.text = "控制室无人"
        page.turn(1)
        assert page.ids.remark.text == ""
        page.turn(-1)
        assert (page.code, page.ids.remark.text) == (code, "控制室无人")
        page.ids.remark.text = "控制室无人值守"
        await hands.until(lambda: "控制室无人值守" in store.drafts.of("checklist", visit).values())
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("checklist", inspection_id=visit)
        page = hands.app.page
        assert page.ids.remark.text == "控制室无人值守"
        await hands.key("2")
        assert after.inspections.answers(visit)[code].remark == "控制室无人值守"
        assert drafts(after) == set()


async def test_a_description_outlives_the_battery_the_same_answer_and_the_wrong_one(
    store, hands_on, died
):
    visit = begun(store, 2)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=visit)
        page, code = hands.app.page, hands.app.page.code
        await hands.key("2")
        page.ids.description.text = "炉前三米有积水"
        await hands.until(lambda: store.drafts.of("checklist", visit))
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("checklist", inspection_id=visit)
        page = hands.app.page
        page.turn_to(code)
        assert page.ids.description.text == "炉前三米有积水"
        await hands.key("2")
        assert after.inspections.answers(visit)[code].description == "炉前三米有积水"
        assert drafts(after) == set()
        page.ids.description.text = "炉前三米有积水，深十厘米"
        await hands.key("1")
        page.turn_to(code)
        await hands.key("2")
        assert page.ids.description.text == "炉前三米有积水，深十厘米"
        page.turn(1)
        kept = after.inspections.answers(visit)[code]
        assert kept.description == "炉前三米有积水，深十厘米"
        assert drafts(after) == set()


async def test_what_is_being_said_of_something_seen_is_there_when_it_is_looked_up_again(
    store, hands_on, died
):
    visit = begun(store, 2)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=visit)
        hands.app.page.look_up()
        hands.app.page.above.ids.words.text = "循环水泵基础开裂渗油"
        await hands.until(lambda: store.drafts.of("checklist", visit))
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("checklist", inspection_id=visit)
        page = hands.app.page
        page.look_up()
        assert page.above.ids.words.text == "循环水泵基础开裂渗油"
        hands.app.on_pause()
        page.look_up()
        assert page.above.ids.words.text == "循环水泵基础开裂渗油"
        page.above.take()
        assert page.ids.description.text == "循环水泵基础开裂渗油"
        assert drafts(after) == set()
        page.look_up()
        page.above.ids.words.text = "灭火器"
        await hands.key("escape")
        page.look_up()
        assert page.above.ids.words.text == ""


async def test_a_scheme_and_the_remarks_of_a_re_inspection_are_kept_as_they_are_written(
    store, hands_on, died
):
    visit = begin_inspection(
        store, entity_id=entity_id(11), checklist="metallurgy@2026.1", officers=[ME, OTHER],
        ground_kind="assigned", place="熔炼车间", present=PRESENT,
    )  # fmt: skip
    scheme = draft_for_visit(store, visit)
    looked_at = "1a500000-0000-4000-8000-000000000007"
    begin_reinspection(store, looked_at, [ME, OTHER])
    with hands_on(store) as hands:
        hands.app.go("scheme", scheme_id=scheme)
        hands.app.page._contents.text = "字" * 201
        await hands.until(lambda: store.drafts.of("scheme", scheme))
        # Too long to be kept in the scheme: it stays what is being written.
        hands.app.go("reinspection", inspection_id=looked_at)
        card = hands.app.page._cards[0]
        card.ids.remark.text = "已装报警装置，现场试验有效"
        await hands.until(lambda: store.drafts.of("reinspection", looked_at))
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("scheme", scheme_id=scheme)
        assert hands.app.page._contents.text == "字" * 201
        hands.app.page._contents.text = "熔炼炉冷却水系统"
        hands.app.go("reinspection", inspection_id=looked_at)
        assert after.schemes.one(scheme).record["contents"] == ["熔炼炉冷却水系统"]
        page = hands.app.page
        card = page._cards[0]
        assert card.ids.remark.text == "已装报警装置，现场试验有效"
        page.record(card, "corrected")
        (again,) = after.inspections.agains(looked_at)
        assert again.results[card.hazard.hazard_id]["remark"] == "已装报警装置，现场试验有效"
        assert drafts(after) == set()


async def test_what_the_browser_saves_while_the_app_stands_still_is_on_disk_before_it_says_so(
    store, hands_on, died, monkeypatch
):
    visit = begun(store, 2)
    opened_pages: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened_pages.append)
    with hands_on(store) as hands:
        hands.app.go("document", about=visit, kind=INQUIRY)
        await hands.settle()
        await hands.press("字多时：用浏览器书写")
        assert hands.app.on_pause()
        # No frame is drawn from here on: the app stands still behind the browser.
        text = "问：何人当班？\n" + "答：记不清了。" * 1000
        answer = httpx.post(opened_pages[0], data={"text": text})
        assert answer.status_code == 200
        assert "已保存" in answer.text
        after = died(store)
        await hands.until(lambda: hands.app.page._form.texts()["dialogue"] == text)
    with hands_on(after) as hands:
        hands.app.go("document", about=visit, kind=INQUIRY)
        assert hands.app.page._form.texts()["dialogue"] == text
        assert "何人当班" not in str([one.read_bytes() for one in after.folder.rglob("laid/*")])


async def test_an_office_s_refusal_is_corrected_over_a_dead_battery(store, hands_on, died):
    visit = begun(store, 2)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, visit, item.code, "met")
    finish_inspection(store, visit)
    (letter,) = store.outbox.letters()
    problem = {"type": "/problems/x", "code": "x", "title": "场所不明", "status": 422}
    store.outbox.refused(letter, problem, None)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=visit)
        hands.app.page._fields["place"].text = "熔炼车间二号炉"
        await hands.until(lambda: store.drafts.of("checklist", visit))
        after = died(store)
    with hands_on(after) as hands:
        hands.app.go("checklist", inspection_id=visit)
        assert hands.app.page._fields["place"].text == "熔炼车间二号炉"
        hands.app.page.finish()
        assert after.inspections.one(visit).place == "熔炼车间二号炉"
        assert drafts(after) == set()
