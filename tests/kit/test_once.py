"""The client chooses the id; entering the same thing again changes nothing."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.once import fingerprint
from tests.examples import training

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values))
def test_a_fingerprint_does_not_know_the_order_of_fields(body):
    assert fingerprint(dict(reversed(list(body.items())))) == fingerprint(body)


@given(st.dictionaries(st.text(), json_values), st.text(), json_values)
def test_a_fingerprint_knows_every_value(body, key, value):
    changed = {**body, key: [value, "another"]}
    assert (fingerprint(changed) == fingerprint(body)) is (changed == body)


async def put(client, id_, **changes):
    return await client.put(f"/v1/things/{id_}", json=training(**changes))


@pytest.mark.parametrize("turn", range(3))
async def test_sixteen_at_once_make_one(app, client_of, owner, turn):
    client, id_ = client_of(app, "140882"), uuid4()
    answers = await asyncio.gather(*(put(client, id_) for _ in range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["made"] for answer in answers) == 1
    assert await owner.fetchval("select count(*) from ledger_svc.training") == 1
    assert await owner.fetchval("select count(*) from ledger_svc.change") == 1


async def test_sixteen_different_ones_under_one_id_make_one_and_fifteen_conflicts(
    app, client_of, owner
):
    client, id_ = client_of(app, "140882"), uuid4()
    answers = await asyncio.gather(*(put(client, id_, title=f"第{n}") for n in range(16)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 15
    kept = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
    assert await owner.fetchval("select title from ledger_svc.training") == f"第{kept}"


async def test_other_content_under_a_known_id_is_a_conflict(app, client_of):
    client, id_ = client_of(app, "140882"), uuid4()
    await put(client, id_)
    answer = await put(client, id_, title="别的培训")
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")


async def test_an_id_taken_out_of_sight_is_answered_like_any_other_conflict(app, client_of):
    id_ = uuid4()
    await put(client_of(app, "140802"), id_, region="140802")
    out_of_sight = await put(client_of(app, "140882"), id_)
    other = await put(client_of(app, "140802"), id_, region="140802", title="别的")
    assert out_of_sight.status_code == 409
    assert out_of_sight.json() | {"trace": ""} == other.json() | {"trace": ""}
