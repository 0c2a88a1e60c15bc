"""The shapes of acts on the wire, made of the lawbook's: told once, published, checked by PostgreSQL's door."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import Field as Told
from pydantic import create_model

from lawbook.penalty.acts import KINDS
from lawbook.penalty.kind import REGISTRY, ActKind
from lawbook.penalty.shape import EARLIEST, LATEST, MOST, Field, Kind
from services.case_svc.schemes.schemas import CertificateNumber
from services.kit.wire import Instant, Name, Text, Wire

MOST_FEN = 10**15
LateReason = Annotated[Text, Told(min_length=1, max_length=500)]
"""Why an act is entered afterwards (补录的理由)."""
Day = Annotated[date, Told(ge=EARLIEST, le=LATEST)]
PLAIN: Mapping[Kind, Any] = {
    Kind.LINE: Name,
    Kind.TEXT: Annotated[Text, Told(min_length=1)],
    Kind.DAY: Day,
    Kind.MOMENT: Instant,
    Kind.FEN: Annotated[int, Told(ge=0, le=MOST_FEN, strict=True)],
    Kind.COUNT: Annotated[int, Told(ge=0, le=MOST, strict=True)],
    Kind.FLAG: bool,
    Kind.ID: UUID,
}
_records: dict[tuple[Field, ...], type[Wire]] = {}


def camel(code: str) -> str:
    """approve-filing → ApproveFiling."""
    return "".join(part.capitalize() for part in code.replace("_", "-").split("-"))


def _record(name: str, of: tuple[Field, ...]) -> type[Wire]:
    if of not in _records:
        taken = {made.__name__ for made in _records.values()}
        plain = name = f"Case{camel(name)}"
        while name in taken:
            name = f"{plain}{len(taken)}"
        _records[of] = model(name, of)
    return _records[of]


def _type(field: Field) -> Any:  # noqa: ANN401
    match field.kind:
        case Kind.CHOICE:
            # What none may say now is refused in the words of the lawbook, not by the wire.
            return Literal[tuple(code for code, _ in (*field.choices, *field.former))]
        case Kind.LINES:
            one: Any = Literal[tuple(code for code, _ in field.choices)] if field.choices else Name
            return Annotated[list[one], Told(min_length=field.least, max_length=200)]
        case Kind.RECORD:
            return _record(field.name, field.of)
        case Kind.RECORDS:
            inner = _record(field.name.removesuffix("s"), field.of)
            return Annotated[list[inner], Told(min_length=field.least, max_length=500)]  # type: ignore[valid-type]
        case _:
            return PLAIN[field.kind]


def model(name: str, shape: tuple[Field, ...], doc: str | None = None) -> type[Wire]:
    """A shape on the wire. A field that may be left out is null when it is."""
    fields: dict[str, Any] = {}
    for field in shape:
        kind, spelled = _type(field), field.name if field.name != "from" else "from_"
        alias: dict[str, Any] = {"alias": field.name} if spelled != field.name else {}
        empty = field.kind in (Kind.LINES, Kind.RECORDS) and not field.least
        if empty:
            fields[spelled] = (kind, Told(default_factory=list, description=field.label, **alias))
        elif field.required:
            fields[spelled] = (kind, Told(description=field.label, **alias))
        else:
            fields[spelled] = (kind | None, Told(default=None, description=field.label, **alias))
    made: type[Wire] = create_model(name, __base__=Wire, __doc__=doc, **fields)
    return made


class ActBody(Wire):
    """What every act (办案行为) says beside its kind: when, after how many acts, by which handlers."""

    at: Instant = Told(description="办理时间")
    after: int = Told(ge=1, le=10_000, description="办理时案件已有的办案行为数")
    officers: list[CertificateNumber] | None = Told(
        default=None, max_length=20, description="参加办理的执法人员；空即全体承办人"
    )
    late_reason: LateReason | None = Told(
        default=None, exclude_if=lambda why: why is None, description="补录的理由；当时登记的为空"
    )


def _act(kind: ActKind) -> type[ActBody]:
    name = camel(kind.code)
    said = model(f"{name}Said", kind.shape, kind.title)
    fields: dict[str, Any] = {
        "kind": (Literal[kind.code], Told(description=kind.title)), "said": (said, Told()),
    }  # fmt: skip
    made: type[ActBody] = create_model(
        f"{name}Act", __base__=ActBody, __doc__=f"{kind.title}（{kind.law}）", **fields
    )
    return made


ACTS: Mapping[str, type[ActBody]] = {
    code: _act(REGISTRY[code]) for code in KINDS if code != "begin-summary"
}
"""Kind → its shape. A case begins with PUT /v1/cases, hence not here."""
if TYPE_CHECKING:
    AnyAct = ActBody
else:
    AnyAct = Annotated[reduce(or_, ACTS.values()), Told(discriminator="kind")]
    """One of the acts, told apart by `kind`."""


def said_of(body: Wire) -> dict[str, Any]:
    """What an act says, as JSON, without what was left out."""
    plain: dict[str, Any] = body.model_dump(mode="json", by_alias=True, exclude_none=True)
    return plain
