"""Content packs as a tablet pulls them."""

import hashlib
import json
from uuid import uuid4

import pytest

from lawbook.checklist import Checklist
from lawbook.content import ContentError, load
from lawbook.days import Calendar
from lawbook.entity import LedgerDictionary
from paper.template import DocumentTemplate
from services.case_svc.packs.content import OWN_FORMS, case_forms, forms, packs, template
from services.kit.settings import ROOT
from tests.examples import dictionary


async def every(client):
    return (await client.get("/v1/packs")).json()["items"]


async def test_every_pack_has_the_hash_that_is_listed(officer):
    entries = await every(officer)
    assert {e["kind"] for e in entries} == {
        "checklist", "document", "offences", "ledger", "calendar", "phrases",
        "clocks", "discretion",
    }  # fmt: skip
    for entry in entries:
        answer = await officer.get(f"/v1/packs/{entry['kind']}/{entry['code']}/{entry['version']}")
        assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"]
        assert (answer.json()["code"], answer.json()["version"]) == (
            entry["code"],
            entry["version"],
        )


async def test_a_tablet_reads_check_lists_and_templates_as_the_office_does(officer):
    folder = ROOT / "content"
    answer = (await officer.get("/v1/packs/checklist/metallurgy/2026.1")).json()
    assert Checklist.from_content(answer) == Checklist.from_content(
        load(folder / "checklists" / "metallurgy.toml")
    )
    # The newest, and an earlier version that letters of older tablets still name.
    for version, name in (("2026.2", "document"), ("2026.1", "2026.1")):
        answer = (await officer.get(f"/v1/packs/document/correction-order/{version}")).json()
        assert DocumentTemplate.from_content(answer) == DocumentTemplate.from_content(
            load(folder / "documents" / "correction-order" / f"{name}.toml")
        )


async def test_the_dictionary_keeps_the_order_of_its_choices(officer):
    answer = (await officer.get("/v1/packs/ledger/ledger/2026.1")).json()
    told = LedgerDictionary.from_content(answer)
    assert [list(field.choices) for field in told.fields] == [
        list(field.choices) for field in dictionary().fields
    ]


async def test_a_calendar_travels_with_its_days_as_text(officer):
    answer = (await officer.get("/v1/packs/calendar/calendar/2026.1")).json()
    assert answer["holiday"][0]["from"] == "2026-01-01"
    assert Calendar.from_content(load(ROOT / "content" / "calendars" / "2026.toml")).years == {
        answer["year"]
    }


async def test_two_processes_list_the_same_hashes(officer):
    listed = {(e["kind"], e["code"], e["version"]): e["sha256"] for e in await every(officer)}
    packs.cache_clear()
    assert {key: file.sha256 for key, file in packs(ROOT / "content").items()} == listed


async def test_a_pack_that_is_not_there_is_not_found(officer):
    for path in ("checklist/metallurgy/1999.1", "roles/roles/2026.1", "checklist/x/2026.1"):
        assert (await officer.get(f"/v1/packs/{path}")).status_code == 404


async def test_packs_are_for_those_who_may_read_them(as_officer):
    assert (await as_officer("140882", "auditor").get("/v1/packs")).status_code == 403
    assert (await as_officer(None).get("/v1/packs")).status_code == 401


def test_no_pack_holds_what_json_cannot_say():
    for file in packs(ROOT / "content").values():
        assert json.loads(file.content)["version"] == file.pack.version


OWN_FORM = """
code = "{code}"
name = "{name}"
version = "{version}"
status = "待确认"
about = "case"
basis = ["本局空白文书"]

[numbering]
abbreviation = "空白"
pattern = "（{{region}}）应急{{abbreviation}}〔{{year}}〕{{sequence}}号"

[copies]
count = 1
text = "本文书一份。"

[[fields]]
code = "party"
label = "当事人"
kind = "text"
required = true
source = "party.name"

[[layout]]
kind = "title"

[[layout]]
kind = "table"
style = "lines"
rows = [["party"]]
"""


@pytest.fixture
def own_forms(tmp_path, monkeypatch):
    """The bureau's own folder of forms, read anew; `put(code, name, version)` adds one."""
    caches = (packs, forms, template, case_forms)
    monkeypatch.setenv(OWN_FORMS, str(tmp_path))

    def put(code: str, name: str, version: str) -> None:
        folder = tmp_path / code
        folder.mkdir()
        text = OWN_FORM.format(code=code, name=name, version=version)
        (folder / "document.toml").write_text(text, encoding="utf-8")
        for cache in caches:
            cache.cache_clear()

    yield put
    for cache in caches:
        cache.cache_clear()


CONTENT = ROOT / "content"


def test_a_form_of_the_bureaus_own_is_a_folder_more(own_forms):
    own_forms("own-letter", "本局函", "1")
    assert template(CONTENT, "own-letter").name == "本局函"
    assert "own-letter" in [form.code for form in case_forms(CONTENT)]


def test_a_higher_version_replaces_ours_and_the_older_is_still_drawn(own_forms):
    own_forms("case-closure", "结案审批表（本局）", "2026.9")
    assert template(CONTENT, "case-closure").name == "结案审批表（本局）"
    assert template(CONTENT, "case-closure@2026.1").name == "结案审批表"


def test_a_form_that_takes_the_version_of_another_is_refused(own_forms):
    own_forms("case-closure", "结案审批表（本局）", "2026.1")
    with pytest.raises(ContentError, match="版本"):
        template(CONTENT, "case-closure")


async def test_no_tablet_pulls_the_forms_of_a_case_or_leases_their_numbers(officer, county):
    listed = {entry["code"] for entry in await every(officer) if entry["kind"] == "document"}
    assert "correction-order" in listed
    assert not listed & {form.code for form in case_forms(CONTENT)}
    asked = {"document": "hearing-notice", "year": 2026, "device": "t1", "count": 5}
    answer = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked)
    assert answer.status_code == 422
