"""A tablet out at a plant while its county is merged: all that it holds arrives, in its old numbers."""

from uuid import uuid4

import psycopg

from field_app.delivery import deliver
from field_app.refresh import refresh
from services.kit.successions import today
from tests.field_app.office import good
from tests.field_app.test_against_the_office import everything_is_receipted, inspected, prepared
from tests.field_app.weather import Weather

OLD, NEW = "140882", "140881"
SUCCESSION = """insert into {}.succession
    (id, from_unit, from_region, to_unit, to_region, since, order_number, counted)
    values (%s, %s, %s, %s, %s, %s, '晋政函〔2026〕88号', true)"""


def merge(office) -> str:
    """The owner declares it, in the two services that are here."""
    url = office.case.state.settings.database_url.replace("case_svc@", "zhifa_owner@")
    id_ = str(uuid4())
    with psycopg.connect(url) as owner:
        for schema in ("ledger_svc", "case_svc"):
            owner.execute(SUCCESSION.format(schema), (id_, OLD, OLD, NEW, NEW, today()))
    return id_


async def test_what_a_tablet_holds_arrives_in_its_old_numbers_and_the_rest_comes_anew(
    office, tablet_of
):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    # Out of signal: a visit with photos, an order and a record; plans and schemes stay on board.
    inspection_id = inspected(store, office.scheme)
    numbers = sorted(one.number for one in store.documents.of_inspection(inspection_id))
    above = office.client_of("1408", "administrator", "auditor")
    id_ = merge(office)
    relocation = {"accounts": None}
    moved = await good(await above.put(f"/v1/successions/{id_}/relocation", json=relocation))
    assert (moved["officers"], moved["accounts"]) == (2, 1)
    for follower in office.case.state.followers:
        await follower.catch_up()
    # Back in signal: the next token says the new unit, and everything is taken all the same.
    store.set("token", store.setting("token") | {"good_until": "2020-01-01T00:00:00.000000+00:00"})
    done = await deliver(store, client)
    assert done.stopped is None
    everything_is_receipted(store)
    assert (store.setting("me")["unit"], store.setting("me")["region"]) == (NEW, NEW)
    reader = office.client_of(NEW, "officer", "bureau_head")
    seen = await good(await reader.get(f"/v1/inspections/{inspection_id}"))
    about = {"inspection": inspection_id}
    documents = (await good(await reader.get("/v1/documents", params=about)))["items"]
    # Seen on the first day of the new unit, with numbers that the old one had leased.
    assert (seen["unit"], {one["unit"] for one in documents}) == (NEW, {OLD})
    assert sorted(one["number"] for one in documents) == numbers
    # The plants and the schemes of the old county come again, now as the new one's business; its
    # new numbers are of the new series.
    assert (await refresh(store, client)).stopped is None
    assert store.mirror.count("entities") == 1
    assert store.mirror.scheme(office.scheme)
    assert store.setting("me")["unit_name"] == "永济市应急管理局"
    stranger = office.client_of("140802", "officer")
    assert (await stranger.get(f"/v1/inspections/{inspection_id}")).status_code == 404
