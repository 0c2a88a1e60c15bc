"""The form by which something is put to the head (报批): what can be asked for, and what each matter must say."""

from dataclasses import replace

from gateway.console.client import Json
from lawbook.penalty.kind import REGISTRY, ActKind
from lawbook.penalty.matters import MATTERS, Matter
from lawbook.penalty.procedure import ProcedureUnknown
from lawbook.penalty.shape import Field
from lawbook.penalty.tables import procedure

ALWAYS = ("measure", "reason", "opinion")
MORE = {
    "register-evidence": (), "seal": (), "extend-sealing": ("of",), "apply-to-court": ("materials",),
    "transfer": ("materials",), "other": ("of",),
}  # fmt: skip
"""Fields that a request of a matter may hold besides what it must."""


def matters(case: Json) -> list[Matter]:
    """What the procedure of a case puts to the head at the handlers' request."""
    try:
        known = procedure(case["procedure"]).matters
    except ProcedureUnknown:
        return []
    return [
        one for code, one in MATTERS.items() if code in known and "request-measure" in one.asked
    ]


def choices(case: Json, kind: ActKind, said: Json) -> list[Matter]:
    """What may be asked for, as long as nothing was chosen; empty on other forms."""
    if kind.code != "request-measure" or said.get("measure"):
        return []
    return matters(case)


def narrowed(kind: ActKind, shape: tuple[Field, ...], said: Json) -> tuple[Field, ...]:
    """The fields of a request that its matter has; what it must say is required."""
    matter = MATTERS.get(str(said.get("measure") or ""))
    if kind.code != "request-measure" or matter is None:
        return shape
    known = {field.name: field for field in shape}
    names = (*ALWAYS[:2], *matter.wants, *MORE.get(matter.code, ()), ALWAYS[2])
    return tuple(_fitted(matter, known[name]) for name in dict.fromkeys(names))


def _fitted(matter: Matter, field: Field) -> Field:
    required = field.required or field.name in matter.wants or field.name == "opinion"
    least = 2 if field.name == "instalments" else 1 if field.name in matter.wants else field.least
    allowed = field.choices
    if field.name == "measure":
        allowed = tuple(one for one in field.choices if one[0] == matter.code)
    elif field.choices and matter.act:
        act = next((one for one in REGISTRY[matter.act].shape if one.name == field.name), None)
        allowed = act.choices if act and act.choices else field.choices
    return replace(field, required=required, choices=allowed, least=least)
