"""What case_svc knows of the ledger, by following its feed."""

from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from services.case_svc.app import case_app
from services.case_svc.ledger_mirror import queries
from services.case_svc.ledger_mirror.follow import reset
from services.case_svc.ledger_mirror.tables import EntityRow, OfficerRow, UnitRow
from services.case_svc.rows import FollowedFeedRow
from services.case_svc.settings import CaseSettings
from services.kit.claims import service_itself
from services.kit.credentials import ClientCredentials
from services.kit.problems import NotFound
from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import SystemAccount, bootstrap
from services.ledger_svc.settings import LedgerSettings
from tests.case_svc import proceedings as good
from tests.case_svc.proceedings import entity_state, officer_state
from tests.examples import entity_values
from tests.examples import officer as officer_record


@pytest.fixture
def asking(app):
    """A transaction of the service itself, or of an officer of `region`."""
    return lambda region="14": app.state.database.transaction(service_itself("case_svc", region))


async def test_a_plant_is_known_as_the_ledger_last_told(told, asking):
    await told("entity.entered", entity_state(1))
    await told("entity.changed", entity_state(1, ent_name="改了名的厂"))
    async with asking() as session:
        plant = await queries.entity(session, UUID(entity_state(1)["id"]))
        assert (plant.name, plant.missing) == ("改了名的厂", [])


async def test_what_is_gone_from_the_ledger_is_gone_here(told, asking):
    state = entity_state(1)
    await told("entity.entered", state)
    await told("entity.left", None, state["id"])
    async with asking() as session:
        with pytest.raises(NotFound, match="稍候"):
            await queries.entity(session, UUID(state["id"]))


async def test_a_plant_that_moved_is_seen_where_it_now_is(told, asking):
    moved = entity_state(1, division_code="140802001")
    await told("entity.entered", entity_state(1))
    await told("entity.left", moved)
    await told("entity.changed", moved)
    for region, seen in (("140882", 0), ("140802", 1)):
        async with asking(region) as session:
            assert await session.scalar(select(func.count()).select_from(EntityRow)) == seen


async def test_officers_are_found_by_number_in_the_order_asked(told, asking):
    await told("officer.changed", officer_state(good.FIRST, "张岳"))
    await told("officer.changed", officer_state(good.SECOND, "李秋", state="suspended"))
    async with asking() as session:
        found = await queries.officers_by_number(session, [good.SECOND, "14088299999", good.FIRST])
    assert [(o.number, o.name, o.certificate_valid_until is None) for o in found] == [
        (good.SECOND, "李秋", True),
        ("14088299999", "", True),
        (good.FIRST, "张岳", False),
    ]


async def test_what_proceedings_do_not_need_is_let_pass(told, asking):
    await told("roster_person.listed", {"id": str(uuid4()), "region": "140882"})
    await told("training.held", None, str(uuid4()))
    async with asking() as session:
        assert await session.scalar(select(func.count()).select_from(OfficerRow)) == 0


async def test_a_reset_empties_the_mirror(county, asking):
    async with asking() as session:
        await reset(session)
    async with asking() as session:
        for kind in (EntityRow, OfficerRow, UnitRow):
            assert await session.scalar(select(func.count()).select_from(kind)) == 0


@pytest.fixture
async def ledger(new_database, keys, tmp_path, run_app):
    """The real ledger_svc, in which case_svc may sign in as a follower."""
    settings = LedgerSettings(
        database_url=new_database("ledger_svc").url("ledger_svc"),
        claims_public_key=keys.public, claims_private_key=keys.private, receipt_private_key=keys.private,
        files=str(tmp_path / "ledger-files"), spool=tmp_path / "ledger-spool",
    )  # fmt: skip
    await bootstrap(
        settings,
        administrator_password="Admin-first-1",
        systems=(SystemAccount("case_svc", "follow-me-softly", ("follower",)),),
    )
    return await run_app(ledger_app(settings))


@pytest.fixture
async def following(ledger, settings: CaseSettings, run_app):
    """case_svc, following that ledger; it looks by itself only once an hour."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(ledger), base_url="http://ledger_svc",
        auth=ClientCredentials("case_svc", "follow-me-softly"),
    ) as client:  # fmt: skip
        yield await run_app(case_app(settings.replace(follow_every=60.0), client))


async def test_it_follows_the_ledger_itself(ledger, following, client_of):
    clerk = client_of(ledger, "140882", "ledger_clerk")
    administrator = client_of(ledger, "1408", "administrator")
    plant, incomplete = str(uuid4()), str(uuid4())
    await clerk.put(f"/v1/entities/{plant}", json={"values": entity_values(1)})
    lacking = {"ent_name": "不全的厂", "division_code": "140882001"}
    await clerk.put(f"/v1/entities/{incomplete}", json={"values": lacking})
    for number in (good.FIRST, good.SECOND):
        await administrator.put(f"/v1/officers/{uuid4()}", json=officer_record(number))
    (follower,) = following.state.followers
    await follower.catch_up()

    officer = client_of(following, "140882", "officer", officer=good.FIRST)
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(plant))
    assert (answer.status_code, answer.json()["entity_name"]) == (
        200,
        entity_values(1)["ent_name"],
    )
    refused = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(incomplete))
    assert refused.json()["code"] == "ledger-incomplete"


async def test_a_ledger_that_begins_anew_is_read_from_its_beginning(
    ledger, following, client_of, new_database
):
    clerk = client_of(ledger, "140882", "ledger_clerk")
    await clerk.put(f"/v1/entities/{uuid4()}", json={"values": entity_values(1)})
    (follower,) = following.state.followers
    await follower.catch_up()
    stray = entity_state(9)
    database = following.state.database
    async with database.transaction(service_itself("case_svc")) as session:
        await follower.apply(session, good.change("entity.entered", stray))
        position = await session.get(FollowedFeedRow, "ledger")
        # As a cursor of before a restore: of an epoch that the ledger does not know.
        position.cursor = "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwOjE"
    await follower.catch_up()
    async with database.transaction(service_itself("case_svc")) as session:
        names = list(await session.scalars(select(EntityRow.name)))
        assert names == [entity_values(1)["ent_name"]]


async def test_without_a_ledger_nothing_is_followed(app):
    assert app.state.followers == []
