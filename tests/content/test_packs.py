"""Every file in content/: parsed by its own parser, cited, with a status, and in step with others."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from lawbook.checklist import ANY, Checklist, bodies
from lawbook.citation import written_out
from lawbook.content import load, pack
from lawbook.days import Calendar
from lawbook.devices import tolerance
from lawbook.discretion import Benchmark
from lawbook.entity import LedgerDictionary
from lawbook.limits import LIMITS
from lawbook.offences import Catalogue
from lawbook.organs import organs
from lawbook.penalty.deadlines import MORE_LIMITS
from lawbook.penalty.norms import Norms
from lawbook.penalty.targets import read
from lawbook.phrasebook import Phrases
from lawbook.regions import ZONES, Divisions
from lawbook.roles import Roles
from paper.template import DocumentTemplate
from services.kit.settings import ROOT
from services.kpi_svc.indicators.specs import specs_in

CONTENT = ROOT / "content"
FILES = sorted(path for path in CONTENT.rglob("*") if path.is_file())
TOML = [path for path in FILES if path.suffix == ".toml"]
CHECKLISTS = [Checklist.from_content(body) for _, body in bodies(CONTENT)]
LIBRARIES = sorted((CONTENT / "check_items").glob("*.toml"))
CALENDARS = sorted((CONTENT / "calendars").glob("*.toml"))
OFFENCES = sorted((CONTENT / "offences").glob("*.toml"))
UNITS = load(CONTENT / "units" / "1408.toml")["unit"]
with (CONTENT / "regions" / "1408.csv").open(encoding="utf-8") as file:
    REGIONS = list(csv.DictReader(file))


def ref(checklist: Checklist) -> str:
    return checklist.ref


def name(path: Path) -> str:
    return str(path.relative_to(CONTENT))


PARSERS = {
    "archive/signatures.toml": lambda path: load(path)["asked"] in (True, False),
    "calendars/*.toml": lambda path: Calendar.from_content(load(path)),
    "check_items/*.toml": lambda path: Checklist.from_content(load(path) | {"trade": "any"}),
    "checklists/*.toml": lambda path: Checklist.from_content(dict(bodies(CONTENT))[path]),
    "clocks/*.toml": lambda path: tolerance(pack("clocks", load(path)).body),
    "documents/*/[d2]*.toml": lambda path: DocumentTemplate.from_content(load(path)),
    "documents/*/example.json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    "indicators/*.toml": lambda path: specs_in(CONTENT),
    "ledger/dictionary.toml": lambda path: LedgerDictionary.from_content(load(path)),
    "discretion/*.toml": lambda path: Benchmark.from_content(load(path)),
    "limits/*.toml": lambda path: read(load(path), {**MORE_LIMITS, **LIMITS}),
    "offences/*.toml": lambda path: Catalogue.from_content(*map(load, OFFENCES)),
    "organs/*.toml": lambda path: organs(load(path)),
    "phrases/*.toml": lambda path: Phrases.from_content(load(path)),
    "procedures/*.toml": lambda path: Norms.from_content(load(path)),
    "regions/*.csv": lambda path: Divisions.from_rows(csv.DictReader(path.read_text("utf-8").splitlines())),
    "roles.toml": lambda path: Roles.from_content(load(path)),
    "units/*.toml": lambda path: pack("units", load(path)),
}  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_is_read_by_its_parser(path):
    (parse,) = [parse for form, parse in PARSERS.items() if path.match(str(CONTENT / form))]
    assert parse(path)


@pytest.mark.parametrize("path", TOML, ids=name)
def test_every_pack_has_a_code_a_version_and_says_how_far_it_is_verified(path):
    """What is official says so by its status; what is not, is 待确认."""
    made = pack(path.parent.name, load(path))
    assert re.fullmatch(r"\d{4}\.\d+", made.version)
    assert "status" in made.body
    assert "待确认" in made.status


@pytest.mark.parametrize("path", TOML, ids=name)
def test_nothing_calls_itself_official_without_a_status(path):
    def tables(body):
        if isinstance(body, dict):
            yield body
            for value in body.values():
                yield from tables(value)
        elif isinstance(body, list):
            for value in body:
                yield from tables(value)

    for table in tables(load(path)):
        if table.get("official") or "官方" in str(table.get("status", "")):
            assert table.get("basis"), table


def test_no_two_packs_of_a_kind_have_one_code_and_version():
    kinds: Counter[tuple[str, str, str]] = Counter()
    for path in TOML:
        body = load(path)
        kind = path.relative_to(CONTENT).parts[0]
        kinds[kind, body["code"], body["version"]] += 1
    assert [key for key, count in kinds.items() if count > 1] == []


# Check lists


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=ref)
def test_each_check_item_cites_what_a_document_can_print(checklist):
    for item in checklist.items:
        for citation in filter(None, (item.basis, item.penalty_basis, item.criterion)):
            assert "§" in citation, item.code
            assert "§" not in written_out(citation), citation


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=ref)
def test_each_check_item_says_how_it_is_unmet_and_what_to_look_at(checklist):
    for item in checklist.items:
        assert item.unmet != item.text
        assert item.hint, item.code
        assert 0 <= item.correct_days <= 180, item.code


def test_an_items_code_is_of_one_list_only_or_of_the_same_text():
    """An item that several lists share is the same item."""
    seen: dict[str, set[str]] = {}
    for checklist in CHECKLISTS:
        for item in checklist.items:
            seen.setdefault(item.code, set()).add(item.text)
    assert {code: texts for code, texts in seen.items() if len(texts) > 1} == {}


def test_each_list_is_of_a_trade_that_the_ledger_knows():
    dictionary = LedgerDictionary.from_content(load(CONTENT / "ledger" / "dictionary.toml"))
    known = set(dictionary.by_code[dictionary.trades_field].choices.values())
    assert {checklist.trade for checklist in CHECKLISTS} == known | {ANY}


def test_every_industry_of_the_ledger_has_a_list_of_its_own_or_of_its_trade():
    """工贸专项 by trade; 危险化学品专项; 综合行政执法."""
    dictionary = LedgerDictionary.from_content(load(CONTENT / "ledger" / "dictionary.toml"))
    choices = dictionary.by_code[dictionary.trades_field].choices
    made_for = {one: c.trade for c in CHECKLISTS for one in c.industries}
    assert {one: choices[one] for one in made_for} == made_for
    own = {one for one, trade in choices.items() if trade == "industry_and_trade"}
    assert own <= set(made_for)
    assert {c.module for c in CHECKLISTS} - {""} == {"工贸专项", "危险化学品专项", "综合行政执法"}


def test_an_item_is_proposed_as_major_by_a_criterion_only():
    for checklist in CHECKLISTS:
        for item in checklist.items:
            # What has given way stays as it was when records quoted it.
            gone = checklist.valid_until is not None
            assert gone or item.major == bool(item.criterion), (checklist.ref, item.code)


def test_lists_of_the_criteria_of_industry_and_trade_say_how_many_are_here():
    """工贸企业重大事故隐患判定标准 has 64; an officer must not take what is here for all of it."""
    order = "工贸企业重大事故隐患判定标准（应急管理部令第10号）"
    here = {
        (path.stem, item["code"])
        for path in LIBRARIES
        for item in load(path)["item"]
        if order in item.get("criterion", item["basis"])
    }
    said = f"待确认：工贸重大隐患判定标准共64项，各表合计已收{len(here)}项"
    for checklist in CHECKLISTS:
        rests = any(order in (item.criterion or "") for item in checklist.items)
        if rests and checklist.valid_until is None:
            assert checklist.status == said, checklist.ref


@pytest.mark.parametrize("path", LIBRARIES, ids=name)
def test_every_item_of_a_library_is_asked_somewhere(path):
    asked = {item.code for checklist in CHECKLISTS for item in checklist.items}
    unasked = {item["code"] for item in load(path)["item"]} - asked
    assert unasked <= {"G21"}  # refusing an inspection is seen, not asked


def test_an_older_version_gives_way_to_the_newer_and_stays_readable():
    by_ref = {checklist.ref: checklist for checklist in CHECKLISTS}
    old, new = by_ref["metallurgy@2026.1"], by_ref["metallurgy@2026.2"]
    assert old.in_force(date(2026, 3, 1))
    assert not new.in_force(date(2026, 3, 1))
    assert new.in_force(date(2026, 6, 23))
    assert not old.in_force(date(2026, 6, 23))


# Offences


CATALOGUE = Catalogue.from_content(*map(load, OFFENCES))
TODAY = date(2026, 11, 1)


def offence_code(offence):
    return offence.code


@pytest.mark.parametrize("offence", CATALOGUE.offences.values(), ids=offence_code)
def test_each_offence_cites_what_a_document_can_print(offence):
    assert re.fullmatch(r"\S+ §\d+(\(\d+\))?", offence.basis)
    for citation in (offence.basis, offence.broke, *(tier.law for tier in offence.tiers)):
        assert "§" not in written_out(citation), citation
    assert offence.text
    assert not offence.text.endswith("的")


@pytest.mark.parametrize("offence", CATALOGUE.offences.values(), ids=offence_code)
def test_each_fine_is_in_whole_yuan(offence):
    for tier in offence.tiers:
        if tier.fine and tier.fine.income is None:
            assert tier.fine.low % 100 == tier.fine.high % 100 == 0


def test_what_a_check_list_penalises_by_a_law_of_the_catalogue_is_among_its_offences():
    """Item by item: a list's article with its number, an article without one as it stands."""
    laws = {load(path)["law"] for path in OFFENCES}
    unknown = {
        item.penalty_basis
        for checklist in CHECKLISTS
        for item in checklist.items
        if item.penalty_basis
        and item.penalty_basis.partition(" §")[0] in laws
        and not CATALOGUE.cited(item.penalty_basis, TODAY)
    }
    assert unknown == set()


def test_the_benchmark_speaks_of_offences_that_exist_and_is_a_proposal():
    for path in (CONTENT / "discretion").glob("*.toml"):
        body = load(path)
        benchmark = Benchmark.from_content(body)
        assert set(benchmark.conditions) - {"*"} <= set(CATALOGUE.offences)
        assert "*" in benchmark.conditions
        assert body["status"] == "待确认"


# Calendars


def test_a_calendar_is_of_the_year_in_its_name_and_the_years_have_no_gap():
    years = [load(path)["year"] for path in CALENDARS]
    assert [path.stem for path in CALENDARS] == [str(year) for year in years]
    assert years == list(range(years[0], years[-1] + 1))


@pytest.mark.parametrize("path", CALENDARS, ids=name)
def test_a_calendar_agrees_day_by_day_with_another_record_of_the_notices(path):
    body = load(path)
    calendar, day = Calendar.from_content(body), date(body["year"], 1, 1)
    while day.year == body["year"]:
        assert calendar.is_working(day) is chinese_calendar.is_workday(day), day
        day += timedelta(1)


@pytest.mark.parametrize("path", CALENDARS, ids=name)
def test_a_calendar_has_the_seven_holidays_and_works_only_weekends_in_exchange(path):
    body = load(path)
    names = {span["name"].partition("、")[0] for span in body["holiday"]}
    assert {"元旦", "春节", "清明节", "劳动节", "端午节"} <= names
    assert any("中秋" in span["name"] for span in body["holiday"])
    assert any("国庆" in span["name"] for span in body["holiday"])
    for span in body["holiday"]:
        assert span["from"] <= span["to"]
        assert span["from"].year == span["to"].year == body["year"]
    for workday in body["workday"]:
        assert workday["on"].weekday() >= 5
        assert workday["on"].year == body["year"]


# Regions, units, roles


def test_divisions_are_one_tree_below_the_province():
    codes = [row["code"] for row in REGIONS]
    assert len(set(codes)) == len(codes)
    assert [row["code"] for row in REGIONS if not row["parent"]] == ["140000"]
    assert {row["parent"] for row in REGIONS if row["parent"]} <= set(codes)
    for row in REGIONS:
        if row["level"] == "4":
            assert row["code"].startswith(row["parent"]), row["code"]


def test_there_are_fifteen_units_one_for_each_county_one_for_the_zone_one_for_the_city():
    assert len(UNITS) == 15
    levels = Counter(unit["level"] for unit in UNITS)
    assert levels == {"city": 1, "county": 13, "zone": 1}
    supervised = {row["code"] for row in REGIONS if row["level"] == "3"}
    assert {unit["code"] for unit in UNITS} == supervised | {"1408"}
    assert set(ZONES.values()) == {unit["code"] for unit in UNITS if unit["level"] == "zone"}


def test_no_two_units_share_a_code_a_region_a_name_or_a_short_name():
    for member in ("code", "region", "name", "short_name"):
        assert len({unit[member] for unit in UNITS}) == 15, member


def test_a_unit_bears_the_name_of_its_division():
    divisions = Divisions.from_rows(REGIONS)
    for unit in UNITS:
        if unit["level"] == "county":
            assert unit["name"] == f"{divisions.name(unit['code'])}应急管理局"


def test_roles_give_only_permissions_that_a_service_asks_for_and_each_is_given():
    from services.case_svc.permissions import Permission as Case
    from services.kpi_svc.permissions import Permission as Kpi
    from services.ledger_svc.permissions import Permission as Ledger

    asked = {str(permission) for service in (Case, Kpi, Ledger) for permission in service}
    roles = load(CONTENT / "roles.toml")["role"]
    given = {permission for role in roles.values() for permission in role["permissions"]}
    assert given - asked == set()
    assert asked - given == set()


def test_each_role_says_what_it_is_for_and_lists_nothing_twice():
    for code, role in load(CONTENT / "roles.toml")["role"].items():
        assert role["about"].endswith("。"), code
        assert len(set(role["permissions"])) == len(role["permissions"]), code


def test_nobody_both_reviews_and_approves_a_scheme():
    """A scheme passes through three hands: who drafts, who reviews, who approves."""
    for code, role in load(CONTENT / "roles.toml")["role"].items():
        assert not {"scheme.review", "scheme.approve"} <= set(role["permissions"]), code


def test_who_keeps_accounts_does_no_case_work():
    permissions = set(load(CONTENT / "roles.toml")["role"]["administrator"]["permissions"])
    assert "account.write" in permissions
    assert not {p for p in permissions if p.split(".")[0] in ("inspection", "document", "scheme")}
