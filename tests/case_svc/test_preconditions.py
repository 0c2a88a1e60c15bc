"""Tablet and office give one verdict on a document, in every combination of what it rests on."""

from datetime import datetime
from itertools import product
from uuid import uuid4

import pytest

from field_app.grounds import grounds
from field_app.store import Store
from lawbook.preconditions import TABLE, Rule, judge
from paper.digest import digest
from tests.case_svc.on_the_spot import (
    ISSUED_AT,
    document,
    document_data,
    finding,
    inspection,
    leased,
    recorded,
    reinspection,
    signature,
)
from tests.case_svc.proceedings import FIRST, SECOND
from tests.field_app.tablet import FORMS, filled

BOTH = [{"name": "张岳", "number": FIRST}, {"name": "李秋", "number": SECOND}]
FACTS = {
    "on-site-measures": ("two", "inspection-record", "findings"),
    "correction-order": ("two", "findings"),
    "inquiry-record": ("two", "inquiry-notice"),
    "evidence-registration-notice": ("two", "approved"),
    "seizure-decision": ("two", "approved", "short"),
    "on-the-spot-penalty": ("two", "findings", "told", "within", "clear", "collected"),
    "reinspection-opinion": ("two", "reinspected", "correction-order"),
    "service-receipt": ("two", "inspection-record"),
    "correction-notice": ("two", "corrects"),
}
"""Kind → facts that hold or do not."""


@pytest.fixture
def tablet(tmp_path):
    store = filled(tmp_path)
    yield store
    store.close()


def content(kind, visit, holds):
    """The document's data as far as the facts reach into it."""
    # Where nothing was found, the paper names what was not.
    data = document_data(kind, visit if visit["findings"] else {"findings": [finding("G06")]})
    data["officers"] = BOTH if holds["two"] else BOTH[:1]
    if kind == "on-site-measures" and visit["findings"]:
        data["problems"] = [{"description": one["description"]} for one in visit["findings"]]
    if "approved" in holds:
        data |= {"approved_by": "尚国平", "approved_at": "2026-06-23T10:00:00+08:00"}
        if not holds["approved"]:
            del data["approved_by"]
    if "short" in holds:
        data["until"] = "2026-07-20" if holds["short"] else "2026-08-20"
    if kind == "on-the-spot-penalty":
        data["told"] = holds["told"]
        data["fine"] = 200_000 if holds["within"] else 500_000
        data["penalties"] = ["fine"] if holds["clear"] else ["warning"]
        data["payment"] = "bank" if holds["collected"] else "at_once"
    return data


def on_the_tablet(store: Store, kind, visit, data, holds, old):
    """The tablet's verdict: its store holds the visit as far as the law asks for it."""
    conn, visit_id = store.db.conn, visit["id"]
    conn.execute(
        "insert into inspection (id, entity_id, region, checklist, officers, place, present, "
        "started_at) values (?, 'p', '140882', 'metallurgy@2026.1', '[]', '', '{}', '')",
        (visit_id,),
    )
    for one in visit["findings"]:
        conn.execute(
            "insert into answer (inspection_id, item, answer, remark, answered_at, finding_id) "
            "values (?, ?, 'not_met', '', '', ?)",
            (visit_id, one["check_item"], one["id"]),
        )
    about = visit_id
    if holds.get("reinspected"):
        about = str(uuid4())
        conn.execute(
            "insert into reinspection (id, inspection_id, officers, results, started_at, "
            "reinspected_at) values (?, ?, '[]', '{}', '', '2026-06-23T00:00:00Z')",
            (about, visit_id),
        )
    issued = [name for name in holds if name in FORMS and holds[name]]
    if holds.get("corrects"):
        issued, about = ["correction-order"], old
    for name in issued:
        conn.execute(
            "insert into document (id, about, inspection_id, kind, template, chosen, data, digest, "
            "made_at, issued_at) values (?, ?, ?, ?, '', '{}', '{}', '', '', ?)",
            (old if holds.get("corrects") else str(uuid4()), visit_id, visit_id, name, ISSUED_AT),
        )
    # An order that another tablet gave is known here by the number quoted; here it is not quoted.
    said = {name: value for name, value in data.items() if name != "order_number"}
    numbers = [one["number"] for one in data["officers"]]
    at = datetime.fromisoformat(ISSUED_AT)
    return [one.code for one in judge(kind, grounds(store, visit_id, about, numbers, said, at))]


class Office:
    """The office's side: visits with what was issued about them, and numbers to issue more."""

    def __init__(self, client, plant):
        self.client, self.plant = client, plant
        self.leases, self.used = {}, {}

    async def issue(self, kind, visit, data, corrects=None):
        numbered = FORMS[kind].numbering is not None
        number, lease = None, None
        if numbered:
            if kind not in self.leases:
                self.leases[kind] = await leased(self.client, kind, count=100)
            lease = self.leases[kind]
            nth = self.used.get(kind, 0)
            number = lease["pattern"].replace("{sequence}", str(lease["first"] + nth))
            self.used[kind] = nth + 1
        seal = digest(kind, number, data)
        body = document(
            visit, lease or {"pattern": "", "first": 0, "id": None}, kind=kind, data=data,
            number=number, digest=seal, template=FORMS[kind].ref, corrects=corrects,
            lease_id=lease["id"] if lease else None,
            signatures=[
                signature(seal, "officer", "张岳", FIRST),
                signature(seal, "officer", "李秋", SECOND),
                signature(seal, "party", "贺平川"),
            ],
        )  # fmt: skip
        answer = await self.client.put(f"/v1/documents/{body['id']}", json=body)
        return body, answer

    async def visit(self, holds):
        """A visit, its re-inspection and the documents that the facts speak of."""
        body = inspection(self.plant, ("G06",) if holds.get("findings", True) else ())
        await recorded(self.client, body)
        if holds.get("reinspected"):
            again = reinspection(body, reinspected_at="2026-06-23T03:30:00Z")
            answer = await self.client.put(f"/v1/reinspections/{again['id']}", json=again)
            assert answer.status_code == 200, answer.text
        for name in holds:
            if name in FORMS and holds[name]:
                _, answer = await self.issue(name, body, document_data(name, body))
                assert answer.status_code == 200, answer.text
        return body


@pytest.mark.parametrize("kind", FACTS)
async def test_tablet_and_office_agree(kind, officer, county, tablet):
    office = Office(officer, county.plant)
    verdicts = set()
    for chosen in product((True, False), repeat=len(FACTS[kind])):
        holds = dict(zip(FACTS[kind], chosen, strict=True))
        visit = await office.visit(holds)
        data, corrects = content(kind, visit, holds), None
        if holds.get("corrects"):
            order, answer = await office.issue(
                "correction-order", visit, document_data("correction-order", visit)
            )
            assert answer.status_code == 200, answer.text
            corrects = order["id"]
            data |= {"corrected_number": order["number"], "corrected_on": "2026-06-23"}
        here = on_the_tablet(tablet, kind, visit, data, holds, corrects or str(uuid4()))
        _, answer = await office.issue(kind, visit, data, corrects)
        told = [] if answer.status_code == 200 else [answer.json()["code"]]
        assert told == here[:1], (holds, answer.text)
        # Each fact that does not hold is one refusal, no more and no fewer.
        assert len(here) == list(holds.values()).count(False), holds
        verdicts |= set(here)
    assert len(verdicts) == len(FACTS[kind])


def test_every_kind_with_conditions_of_its_own_is_compared():
    assert set(FACTS) == {kind for kind, rule in TABLE.items() if rule != Rule()}
