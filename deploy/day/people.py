"""Second part of the morning: who works here (执法人员、帐号、培训、应录名单)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from deploy.county import COUNTY, PASSWORD, PEOPLE, Person
from deploy.day.bureau import Bureau, good

NAMES = UUID("6f2b6c5e-5a5c-4d0e-9a35-6f1f0f8f2c11")
WORK_TYPES = {"工贸股": "industry_and_trade", "危化股": "hazardous_chemicals"}


def officer_id(person: Person) -> str:
    """The id of an officer's ledger entry."""
    return str(uuid5(NAMES, f"officer/{person.key}"))


def _officer(person: Person, today: date) -> dict[str, Any]:
    assert person.certificate
    return {
        "name": person.name,
        "unit": person.unit,
        "region": person.region,
        "office": person.office,
        "work_types": [WORK_TYPES.get(person.office, "approval")],
        "certificate": {
            "number": person.certificate,
            "issuer": "山西省人民政府",
            "issued_on": date(today.year - 2, 5, 10).isoformat(),
            "valid_until": date(today.year + 3, 5, 9).isoformat(),
            "state": "valid",
        },
    }


async def enter(bureau: Bureau) -> None:
    """Officers, the roster they are measured by, a training, and accounts to sign in with."""
    office = await bureau.as_administrator()
    today = bureau.today
    certified = [person for person in PEOPLE if person.certificate]
    for person in certified:
        good(await office.put(f"/v1/officers/{officer_id(person)}", json=_officer(person, today)))
    for person in PEOPLE:
        account = {
            "username": person.username,
            "password": PASSWORD,
            "officer_id": officer_id(person) if person.certificate else None,
            "name": person.name,
            "roles": list(person.roles),
            "region": person.region,
            "unit": person.unit,
            "kind": "officer",
        }
        good(
            await office.put(f"/v1/accounts/{uuid5(NAMES, f'account/{person.key}')}", json=account)
        )
    bureau.tell.done(
        f"{len(certified)} 名执法人员、{len(PEOPLE)} 个帐号",
        "、".join(f"{person.name}（{person.duty}）" for person in PEOPLE),
    )
    # One more is on the roster than has been entered: the figure must show who is missing.
    roster = [
        {
            "certificate_number": p.certificate,
            "name": p.name,
            "work_type": WORK_TYPES.get(p.office, "approval"),
        }
        for p in certified
    ] + [{"certificate_number": "14088200009", "name": "陆川", "work_type": "non_coal_mines"}]
    good(await office.put(f"/v1/officer-rosters/{COUNTY}/{today.year}", json={"people": roster}))
    held_on = min(today, date(today.year, 5, 12)).isoformat()
    good(
        await office.put(
            f"/v1/trainings/{uuid5(NAMES, f'training/{held_on}')}",
            json={
                "title": "“互联网+执法”系统操作培训",
                "kind": "system",
                "region": COUNTY,
                "held_on": held_on,
                "hours": 8,
                "attended": [officer_id(person) for person in certified[:4]],
            },
        )
    )
    bureau.tell.done(
        f"应录名单 {len(roster)} 人，已录入 {len(certified)} 人；系统操作培训 4 人参加"
    )
