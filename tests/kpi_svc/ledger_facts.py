"""Facts that tests enter into the real ledger_svc."""

from uuid import uuid4

from tests.examples import entity_values, officer

COMPLETENESS, ENTERED, TRAINED = "ledger-completeness", "officers-entered", "officers-trained"
ROSTER = "/v1/officer-rosters/140882/2026"


def listed(*numbers):
    return {
        "people": [
            {"certificate_number": number, "name": f"人员{number[-1]}", "work_type": "approval"}
            for number in numbers
        ]
    }


async def put(client, url, body):
    (await client.put(url, json=body)).raise_for_status()


async def enter_plant(client, number=1, id_=None, **changes):
    id_ = id_ or str(uuid4())
    await put(client, f"/v1/entities/{id_}", {"values": entity_values(number, **changes)})
    return id_


async def enter_officer(client, number, **changes):
    id_ = str(uuid4())
    await put(client, f"/v1/officers/{id_}", officer(number) | changes)
    return id_
