"""What the tablet reads, the office tells; what the tablet sends, the office takes."""

import re
from typing import Any, Literal, NotRequired, Required, get_args, get_origin, get_type_hints

import pytest

from deploy.publish import apps
from field_app import wire, wire_documents, wire_ledger, wire_visits
from field_app.actions.take_photo import EXTENSIONS
from field_app.delivery import OFFICES
from field_app.forecast import NUMBERED
from field_app.refresh import DATASETS
from lawbook.letters import NAMES
from paper.render import MODULES
from services.case_svc.bundles.forwarding import KINDS as FORWARDED
from services.case_svc.deliveries.kinds import KINDS
from services.ledger_svc.proposals.letters import KINDS as LEDGER_KINDS
from tests.field_app.tablet import CONTENT

READ = {
    "ledger_svc": ("Token", "Me", "Entity", "Certificate", "Officer", "Unit", "Proposal"),
    "case_svc": (
        "JointOfficer",
        "PlannedInspection", "InspectionScheme", "Hazard", "PackEntry", "NumberLease", "Problem",
        "Receipt", "ReceiptKey", "Verdict",
    ),
}  # fmt: skip
SENT = (
    "Location", "Present", "AnswerBody", "FindingBody", "InspectionBody", "EvidenceBody",
    "GivenOn", "SignatureBody", "DocumentBody", "ResultBody", "ReinspectionBody", "LetterBody",
    "NumberVoidBody", "NumberReturnBody", "ChangeBody", "PatchBody", "VisitOpenBody", "VisitAnswerBody",
    "CallOffBody",
    "ProposalBody", "SchemeDraftBody", "ClockBody", "Ticks",
)  # fmt: skip
TO_THE_LEDGER = {"ProposalBody"}
NO_SCHEMA = {"Trailer", "PastInspection", "PastCase", "VisitLine", "CalledOffLine", "Opening"}
"""The last line of a pull, and lines of some: `test_every_pulled_line…` meets them alive; a part of two."""
LETTERS = {
    "inspection.record": "InspectionBody",
    "evidence.declare": "EvidenceBody",
    "document.issue": "DocumentBody",
    "reinspection.record": "ReinspectionBody",
    "number.void": "NumberVoidBody",
    "number.return": "NumberReturnBody",
    "visit.open": "VisitOpenBody",
    "visit.answer": "VisitAnswerBody",
    "visit.call_off": "CallOffBody",
    "scheme.draft": "SchemeDraftBody",
}
PAIRS = [(service, name) for service, names in READ.items() for name in names]


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, Any]]:
    """Each service's API, as the code publishes it."""
    return {name: app.openapi() for name, app in apps().items()}


def shapes() -> dict[str, Any]:
    """Every shape that crosses the wire."""
    return {
        name: shape
        for name, shape in (
            vars(wire) | vars(wire_documents) | vars(wire_ledger) | vars(wire_visits)
        ).items()
        if isinstance(shape, type) and hasattr(shape, "__required_keys__")
    }


def schema(published, service, name):
    return published[service]["components"]["schemas"][name]


def kinds(published, service, member) -> set[str]:
    """The JSON types that a published member may have."""
    if ref := member.get("$ref"):
        return kinds(published, service, schema(published, service, ref.rpartition("/")[2]))
    for several in ("anyOf", "oneOf", "allOf"):
        if several in member:
            return set().union(*(kinds(published, service, one) for one in member[several]))
    if "type" not in member:
        return {"string"} if "enum" in member or "const" in member else {"anything"}
    return {member["type"]}


JSON = {
    str: {"string"}, bool: {"boolean"}, int: {"integer"}, float: {"number"}, list: {"array"},
    dict: {"object"}, type(None): {"null"},
}  # fmt: skip


def spelled(hint: Any) -> set[str]:
    """The JSON types that a member of a TypedDict may have."""
    origin = get_origin(hint)
    if origin in (NotRequired, Required):
        return spelled(get_args(hint)[0])
    if origin is Literal:
        return {"string"}
    if origin in JSON:
        return JSON[origin]
    if origin is not None:
        return set().union(*(spelled(one) for one in get_args(hint)))
    return JSON.get(hint) or {"object"}


def test_every_shape_of_the_tablet_is_held_to_the_published_api():
    assert set(shapes()) == {name for _, name in PAIRS} | set(SENT) | NO_SCHEMA


@pytest.mark.parametrize(("service", "name"), PAIRS)
def test_every_member_that_the_tablet_reads_is_always_told(published, service, name):
    shape, told = shapes()[name], schema(published, service, name)
    assert set(get_type_hints(shape)) <= set(told["properties"])
    assert shape.__required_keys__ <= set(told["required"])
    for member, hint in get_type_hints(shape, include_extras=True).items():
        may_come = kinds(published, service, told["properties"][member])
        assert may_come <= spelled(hint), (name, member)


@pytest.mark.parametrize("name", SENT)
def test_every_member_that_the_tablet_sends_is_taken_and_none_is_missing(published, name):
    service = "ledger_svc" if name in TO_THE_LEDGER else "case_svc"
    shape, taken = shapes()[name], schema(published, service, name)
    assert set(get_type_hints(shape)) <= set(taken["properties"])
    assert set(taken["required"]) <= shape.__required_keys__
    for member, hint in get_type_hints(shape, include_extras=True).items():
        accepted = kinds(published, service, taken["properties"][member])
        assert spelled(hint) <= accepted | ({"integer"} if "number" in accepted else set()), member


def test_every_operation_that_a_shape_names_is_published(published):
    paths = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path))
        for api in published.values()
        for path, methods in api["paths"].items()
        for method in methods
    }
    named = {
        (method, path.replace("{dataset}", dataset))
        for shape in shapes().values()
        for method, path in re.findall(r"(GET|PUT|POST) (/v1/[\w/{}-]+)", shape.__doc__ or "")
        for dataset in (DATASETS if "{dataset}" in path else ("",))
    }
    assert len(named) > 12
    assert {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in named} <= paths


def test_every_letter_that_the_tablet_writes_has_its_kind_at_the_office():
    assert {kind: one.shape.__name__ for kind, one in KINDS.items()} == LETTERS
    told = {kind: one.shape.__name__ for kind, one in LEDGER_KINDS.items()}
    assert told == {"entity.propose": "ProposalBody"}
    assert set(OFFICES) == set(LEDGER_KINDS) == set(FORWARDED)


def test_a_delivery_and_a_lease_are_asked_for_as_the_office_wants_it(published):
    assert set(schema(published, "case_svc", "Delivery")["required"]) == {"device", "letters"}
    assert set(schema(published, "case_svc", "NumberLeaseRequest")["properties"]) == {
        "document", "year", "device", "count"
    }  # fmt: skip
    assert set(schema(published, "case_svc", "Verdicts")["properties"]) == {"verdicts"}
    assert set(schema(published, "case_svc", "PackList")["properties"]) == {"items"}


def test_photos_and_renderers_of_the_tablet_are_known_at_the_office(published):
    photo = schema(published, "case_svc", "EvidenceBody")["properties"]["media_type"]
    assert set(EXTENSIONS) <= set(photo["enum"])
    drawn = schema(published, "case_svc", "DocumentBody")["properties"]["renderer"]
    assert set(MODULES) == set(drawn["enum"])


def test_every_document_that_the_tablet_numbers_has_a_template():
    assert {path.parent.name for path in CONTENT.glob("documents/*/document.toml")} > set(NUMBERED)


def test_every_kind_of_letter_has_a_name_that_people_read():
    assert set(NAMES) == set(KINDS) | set(LEDGER_KINDS)
