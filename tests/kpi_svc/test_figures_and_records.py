"""Whatever the feeds tell, in whatever order: a figure is what its records add up to."""

from collections import defaultdict
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.kit.claims import service_itself
from services.kpi_svc.facts import case, ledger

UNITS = ["1408", "140882", "140802"]
IDS = [str(UUID(int=number)) for number in range(1, 7)]
CERTIFICATES = ["14088200001", "14088200002", "14088200003"]


def changes(noun, **fields):
    """A change of one of a few subjects, in wire shape; now and then the subject is gone."""
    state = st.fixed_dictionaries(fields)
    return st.builds(
        lambda subject, told: {"kind": f"{noun}.changed", "subject": subject, "state": told},
        st.sampled_from(IDS), st.one_of(st.none(), state, state, state),
    )  # fmt: skip


def where(state):
    return state | {"region": state["unit"]}


regions, years = st.sampled_from(UNITS), st.sampled_from([2025, 2026])
PLANTS = changes(
    "entity", region=regions, name=st.just("厂"), trades=st.just([]),
    op_status=st.sampled_from(["在营", "停产停业", "注销"]),
    missing=st.sampled_from([[], ["legal_rep"], ["legal_rep", "uscc"]]),
)  # fmt: skip
OFFICERS = changes(
    "officer", region=regions, unit=regions, name=st.just("人"), account_active=st.booleans(),
    trained_on=st.lists(st.sampled_from(["2025-12-31", "2026-01-01", "2026-12-31"]), max_size=2),
    certificate=st.fixed_dictionaries({
        "number": st.sampled_from(CERTIFICATES), "state": st.sampled_from(["valid", "cancelled"]),
        "valid_until": st.sampled_from(["2020-01-01", "2999-01-01"]),
    }),
)  # fmt: skip
ROSTER = changes(
    "roster_person", unit=regions, region=st.none(), year=years, name=st.just("人"),
    certificate_number=st.sampled_from(CERTIFICATES),
)  # fmt: skip
PLANNED = changes(
    "planned_inspection", unit=regions, region=st.none(), year=years, month=st.just(6),
    entity_name=st.just("厂"), office=st.just("工贸股"), approved=st.booleans(),
    times=st.integers(1, 3), done=st.integers(0, 4),
    trade=st.sampled_from(["industry_and_trade", "hazardous_chemicals", "non_coal_mines"]),
)  # fmt: skip

INSPECTIONS = changes(
    "inspection", unit=regions, region=st.none(), entity_id=st.sampled_from(IDS),
    entity_name=st.just("厂"), checklist=st.sampled_from(["metallurgy@2026.1", "mines@9", "x@1"]),
    started_at=st.sampled_from(["2025-12-31T17:00:00Z", "2026-03-02T01:00:00Z"]),
)  # fmt: skip
CASES = st.builds(
    lambda change, kind: change | {"kind": kind, "made_at": "2026-03-20T01:00:00Z"},
    changes(
        "case", unit=regions, region=st.none(), name=st.just("案"), stage=st.just("filed"),
        procedure=st.sampled_from(["ordinary@2021", "summary@2021"]), source=st.just("inspection"),
        entity_id=st.sampled_from([None, *IDS]), inspection_id=st.sampled_from([None, *IDS[:2]]),
        filed_on=st.sampled_from([None, "2026-03-02", "2026-03-19"]),
        decided_on=st.sampled_from([None, "2026-05-01"]),
    ),
    st.sampled_from(["case.approve_filing", "case.serve"]),
)  # fmt: skip
# Ids of cases and of inspections are not of one another.
CASES = CASES.map(
    lambda change: change | {"subject": str(UUID(int=UUID(change["subject"]).int + 90))}
)
PAPERS = changes(
    "document", unit=regions, region=st.none(), number=st.just("1"),
    kind=st.sampled_from(["inspection-record", "case-filing-approval", "penalty-decision", "x"]),
    inspection_id=st.sampled_from(IDS),
    case_id=st.sampled_from([str(UUID(int=UUID(one).int + 90)) for one in IDS]),
)  # fmt: skip

# Each example is some dozens of requests: a failing one is shown as it was found, not shrunk.
FEW = settings(
    max_examples=12, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


async def tell(app, told):
    async with app.state.database.transaction(service_itself("kpi_svc")) as session:
        await ledger.reset(session)
        await case.reset(session)
        for unit in UNITS:
            state = {"region": unit, "name": unit}
            await ledger.apply(session, {"kind": "unit.changed", "subject": unit, "state": state})
        for change in told:
            state = change["state"]
            if state and state["region"] is None:
                change = change | {"state": where(state)}
            noun = change["kind"].partition(".")[0]
            feed = ledger if noun in ("entity", "officer", "roster_person") else case
            await feed.apply(session, change)


async def added_up(client, code, part):
    """(numerator, denominator) of each unit, from the records, page by page."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    after, seen = None, []
    while True:
        params = {"year": 2026, "part": part, "limit": 2} | ({"after": after} if after else {})
        page = (await client.get(f"/v1/indicators/{code}/records", params=params)).json()
        for record in page["items"]:
            sums[record["unit"]][0] += record["numerator"]
            sums[record["unit"]][1] += record["denominator"]
            whole = record["numerator"] == record["denominator"]
            assert record["counted"] == whole
            assert part == "all" or record["counted"] == (part == "counted")
            seen.append(record)
        if (after := page["next"]) is None:
            return {unit: tuple(pair) for unit, pair in sums.items()}, len(seen)


EVERYTHING = st.one_of(PLANTS, OFFICERS, ROSTER, PLANNED, INSPECTIONS, CASES, PAPERS)


@given(told=st.lists(EVERYTHING, min_size=30, max_size=80))
@FEW
async def test_records_add_up_to_the_figure(kpi, auditor, told):
    await tell(kpi, told)
    client = auditor("1408")
    table = (await client.get("/v1/indicators", params={"year": 2026})).json()
    for item in table["items"]:
        figures = {
            line["unit"]: (line["numerator"], line["denominator"])
            for line in item["units"]
            if line["denominator"] is not None
        }
        every, count = await added_up(client, item["code"], "all")
        assert every == figures
        assert all(0 <= numerator <= whole for numerator, whole in figures.values())
        (_, counted), (_, missing) = [
            await added_up(client, item["code"], part) for part in ("counted", "missing")
        ]
        assert counted + missing == count


@given(told=st.lists(st.one_of(PLANTS, PLANNED), min_size=20, max_size=60))
@FEW
async def test_figures_are_what_the_last_states_amount_to(kpi, auditor, told):
    await tell(kpi, told)
    last = {(change["kind"], change["subject"]): change["state"] for change in told}
    plants: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    plans: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (kind, _), state in last.items():
        if state and kind == "entity.changed" and state["op_status"] != "注销":
            plants[state["region"]][0] += not state["missing"]
            plants[state["region"]][1] += 1
        if state and kind != "entity.changed" and state["approved"] and state["year"] == 2026:
            plans[state["unit"]][0] += min(state["done"], state["times"])
            plans[state["unit"]][1] += state["times"]
    table = (await auditor("1408").get("/v1/indicators", params={"year": 2026})).json()
    found = {
        item["number"]: {
            line["unit"]: [line["numerator"], line["denominator"]]
            for line in item["units"]
            if line["denominator"] is not None
        }
        for item in table["items"]
    }
    assert (found[1], found[7]) == (plants, plans)


@pytest.mark.parametrize(("done", "expected"), [(0, (0, 2)), (3, (2, 2))])
async def test_more_than_was_planned_does_not_make_up_for_anything(
    kpi, apply, figure, done, expected
):
    state = {
        "unit": "140882", "region": "140882", "year": 2026, "month": 6, "entity_name": "厂",
        "office": "工贸股", "approved": True, "times": 2, "done": done, "trade": "industry_and_trade",
    }  # fmt: skip
    await apply(case, {"kind": "planned_inspection.done", "subject": IDS[0], "state": state})
    assert await figure("plan-completion") == expected
