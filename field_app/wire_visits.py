"""What crosses the wire of visits that several officers work on (同行检查), and of the schemes that order them."""

from typing import TypedDict

from field_app.clocks import ClockBody
from field_app.wire import Location, Present


class ChangeBody(TypedDict):
    """Part of PatchBody: one field as somebody set it; `over`: the patches that it replaces."""

    value: str | bool
    over: list[str]


class PatchBody(TypedDict):
    """Part of VisitAnswerBody and of a line of GET /v1/pulls/visits: one officer's word (改动)."""

    id: str
    item: str
    fields: dict[str, ChangeBody]
    officer: str
    device: str
    answered_at: str


class Opening(TypedDict):
    """Part of VisitOpenBody and of VisitLine: how a tablet begins the visit."""

    id: str
    entity_id: str
    region: str
    scheme_id: str | None
    planned_inspection_id: str | None
    checklist: str
    officers: list[str]
    place: str
    present: Present
    ground_kind: str | None
    ground: str | None
    started_at: str
    officer: str
    device: str


class VisitOpenBody(Opening):
    """Letter visit.open (开启同行检查)."""

    visit_id: str


class VisitAnswerBody(TypedDict):
    """Letter visit.answer (同行检查的填写)."""

    id: str
    visit_id: str
    device: str
    patches: list[PatchBody]


class CallOffBody(TypedDict):
    """Letter visit.call_off; PUT /v1/called-off-visits/{id} (未能检查)."""

    id: str
    entity_id: str
    region: str
    scheme_id: str | None
    planned_inspection_id: str | None
    ground_kind: str | None
    ground: str | None
    officers: list[str]
    place: str
    present: Present
    started_at: str
    certificate_shown_at: str | None
    called_off_at: str
    why: str
    account: str
    witness: str
    device: str
    location: Location | None
    clock: ClockBody


class CalledOffLine(TypedDict):
    """Part of VisitLine: a colleague could not carry it out."""

    why: str
    at: str


class VisitLine(Opening):
    """A line of GET /v1/pulls/visits (同行检查), in the words of the opening that leads."""

    entity_name: str
    patches: list[PatchBody]
    called_off: CalledOffLine | None


class SchemeDraftBody(TypedDict):
    """Letter scheme.draft; PUT /v1/scheme-drafts/{id} (现场拟制方案)."""

    id: str
    scheme_id: str
    inspection_id: str | None
    planned_inspection_id: str | None
    ground: str | None
    entity_id: str
    officers: list[str]
    inspect_on: str
    checklist: str
    contents: list[str]
    method: str
    proposed: list[str]
    drafted_at: str
    device: str
