"""Proposals for the ledger (台账补充): what an officer found at the plant, and when it is taken over.

The same judgement on the tablet, before a proposal is kept, and at the office.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from lawbook.entity import LedgerDictionary
from lawbook.refusal import SYSTEM_RULE, Refusal


class Source(StrEnum):
    """Where an officer has a value from (来源)."""

    SEEN = "seen"
    LICENCE = "licence"
    PLANT = "plant"
    REGISTER = "register"
    OTHER = "other"


SOURCES: Mapping[Source, str] = {
    Source.SEEN: "现场查看",
    Source.LICENCE: "营业执照",
    Source.PLANT: "企业提供",
    Source.REGISTER: "登记系统查询",
    Source.OTHER: "其他",
}


class Basis(StrEnum):
    """How a proposal came to be accepted: by itself, as what was known already, or by the office."""

    FILLED = "filled"
    CONFIRMED = "confirmed"
    DECIDED = "decided"


class ValueNotFit(Refusal):
    """A value that the ledger's dictionary does not take."""

    code = "value-not-fit"
    title = "填写的内容不符合台账要求"
    law = SYSTEM_RULE
    next_step = "按提示改正后再保存"


class SourceUnknown(Refusal):
    """A proposal that does not say where its value is from."""

    code = "source-unknown"
    title = "没有说明来源"
    law = SYSTEM_RULE
    next_step = "选择来源；选“其他”的，写明从何处得知"


def proposed_value(dictionary: LedgerDictionary, field: str, text: str) -> str:
    """The value as it is kept (trimmed, codes half-width). Refuses ValueNotFit, with the reason."""
    known = dictionary.by_code.get(field)
    if known is None:
        raise ValueNotFit(f"数据项字典中没有栏目 {field}")
    value = dictionary.normalise({field: text}).get(field, "")
    if not value:
        raise ValueNotFit(f"“{known.label}”没有填写")
    if "\0" in value:
        raise ValueNotFit(f"“{known.label}”含有不可用的字符")
    if fault := dictionary.fault(field, value):
        raise ValueNotFit(fault.reason)
    return value


def require_source(source: Source | str | None, note: str) -> Source:
    """The source; for another one (其他) a note says which. Refuses SourceUnknown."""
    if source not in SOURCES or (source == Source.OTHER and not note.strip()):
        raise SourceUnknown
    return Source(str(source))


def taken_at_once(held: str, proposed: str) -> Basis | None:
    """Whether a proposal needs nobody: the ledger has nothing there, or the very same. None: it waits."""
    if not held:
        return Basis.FILLED
    return Basis.CONFIRMED if held == proposed else None


def awaited(dictionary: LedgerDictionary, values: Mapping[str, str], fields: Iterable[str]) -> bool:
    """Whether a plant that is incomplete here would be complete with what was proposed of it.

    `values`: what is known here; `fields`: the fields that an officer has proposed values for, which
    may be on their way. True only when some item is missing, and none is missing for another field.
    """
    proposed = set(fields)
    lacking = {code for code in dictionary.needed if dictionary.fault(code, values.get(code, ""))}
    return bool(lacking) and lacking <= proposed
