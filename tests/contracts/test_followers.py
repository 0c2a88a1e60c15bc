"""What a follower reads of another service's feed is what that service publishes."""

from typing import Any, get_args, get_origin, get_type_hints

import pytest

from deploy.publish import apps
from services.case_svc.ledger_mirror import follow as case_of_ledger
from services.kpi_svc.facts import case as kpi_of_case
from services.kpi_svc.facts import ledger as kpi_of_ledger
from services.kpi_svc.facts import matters as kpi_of_matters

# Follower, publisher, and the published schema of each noun where it is not the noun's own name.
FOLLOWED = (
    (case_of_ledger, "ledger_svc"),
    (kpi_of_ledger, "ledger_svc"),
    (kpi_of_case, "case_svc"),
    (kpi_of_matters, "case_svc"),
)
NAMES = {"RosterPersonState": "RosterPerson"}
OF_THE_FEED_ALONE = {"id", "unit", "year", "region"}
"""Members that the feed adds to a shape which no operation answers: a person on a roster."""
JSON: dict[Any, set[str]] = {
    str: {"string"}, int: {"integer"}, bool: {"boolean"}, type(None): {"null"},
}  # fmt: skip


def shapes(module: Any) -> dict[str, Any]:
    return {
        name: shape
        for name, shape in vars(module).items()
        if isinstance(shape, type)
        and hasattr(shape, "__required_keys__")
        and shape.__module__ == module.__name__
    }


READ = [
    pytest.param(service, name, shape, id=f"{module.__name__.split('.')[1]}-{name}")
    for module, service in FOLLOWED
    for name, shape in shapes(module).items()
]


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, Any]]:
    return {name: app.openapi()["components"]["schemas"] for name, app in apps().items()}


def told(member: dict[str, Any]) -> set[str]:
    """The JSON types that a published member may have."""
    if "anyOf" in member:
        return set().union(*(told(one) for one in member["anyOf"]))
    if member.get("type") == "array":
        return {f"array of {one}" for one in told(member["items"])}
    return {"object"} if "$ref" in member else {member.get("type", "string")}


def taken(hint: Any) -> set[str]:
    """The JSON types that a follower's member takes."""
    if hasattr(hint, "__required_keys__"):
        return {"object"}
    if hint in JSON:
        return JSON[hint]
    if get_origin(hint) is list:
        return {f"array of {one}" for one in taken(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"object"}
    return set().union(*(taken(one) for one in get_args(hint)))


def test_every_follower_says_what_it_reads():
    assert [len(shapes(module)) for module, _ in FOLLOWED] == [5, 5, 2, 2]


@pytest.mark.parametrize(("service", "name", "shape"), READ)
def test_what_a_follower_reads_is_published(published, service, name, shape):
    schema = published[service][NAMES.get(name, name.removesuffix("State"))]
    hints = get_type_hints(shape)
    absent = set(hints) - set(schema["properties"])
    assert absent <= (OF_THE_FEED_ALONE if name in NAMES else set())
    for member in set(hints) - absent:
        assert told(schema["properties"][member]) <= taken(hints[member]), member
        # What a follower says may be absent need not be there: `NotRequired`.
        always = member in schema.get("required", ())
        assert always or member not in shape.__required_keys__, member
