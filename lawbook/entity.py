"""An entity's ledger (企业台账): what must be known of a plant before it can be inspected.

The items are data (`content/ledger/dictionary.toml`); this module knows only kinds of fields.
Checking is made of closures prepared once, because imports run it on every cell of every row.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from lawbook.content import ContentError, need
from lawbook.identifiers import (
    credit_code_fault,
    halfwidth,
    is_placeholder,
    normalise_code,
    phone_fault,
)
from lawbook.refusal import Refusal
from lawbook.regions import Divisions

CEASED = frozenset(("关闭", "注销", "迁出"))


class LedgerIncomplete(Refusal):
    """A plant whose mandatory items are not all there."""

    code = "ledger-incomplete"
    title = "企业台账必填项不完整，不能选定为执法对象"
    law = "运应急发〔2022〕53号 二（一）3"
    next_step = "在企业台账中补全所列数据项"


class EntityClosed(Refusal):
    """A plant that is closed, deregistered or gone, put into a plan of visits to come."""

    code = "entity-closed"
    title = "该企业已不再生产经营，不能列入计划"
    law = "安全生产法 §62"
    next_step = "确已恢复的，先更正企业台账的生产经营状态；需要核查的，拟制计划外检查方案"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell (核对问题): the field, a code, a reason in the office's words."""

    field: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the ledger (栏目)."""

    code: str
    label: str
    kind: str
    use: str | None
    aliases: tuple[str, ...]
    choices: Mapping[str, str | None]
    maximum: float | None
    minimum: float | None


@dataclass(frozen=True, slots=True)
class Item:
    """A data item (数据项) of one or more fields."""

    code: str
    label: str
    mandatory: bool
    fields: tuple[str, ...]


Judge = Callable[[str], tuple[str, str] | None]
"""What is wrong with a value that is not empty: (code, reason), or None."""

_FULLWIDTH = re.compile(r"[！-～　]")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", re.ASCII)
# float() would also take nan, inf, 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_UNSPOKEN = re.compile(r"[\s()（）·.。,，]")
_COMPANY_SUFFIX = re.compile(r"(股份有限公司|有限责任公司|有限公司|公司|厂)$")


def name_key(name: str) -> str:
    """A name by which two spellings of one plant meet: half-width, no spaces or brackets."""
    plain = name if name.isascii() else halfwidth(name)
    return _COMPANY_SUFFIX.sub("", _UNSPOKEN.sub("", plain)).lower()


class LedgerDictionary:
    """The items and fields of the ledger, in one version."""

    def __init__(
        self, ref: str, status: str, items: tuple[Item, ...], fields: tuple[Field, ...],
        divisions: Divisions,
    ) -> None:  # fmt: skip
        self.ref, self.status, self.items, self.fields = ref, status, items, fields
        self._divisions = divisions
        self.by_code = {field.code: field for field in fields}
        self.mandatory = tuple(item for item in items if item.mandatory)
        self.label = {item.code: item.label for item in items}
        uses = {field.use: field.code for field in fields if field.use}
        if absent := {"name", "credit_code", "division", "trades", "op_status"} - set(uses):
            raise ContentError(f"数据项字典没有栏目担任 {'、'.join(sorted(absent))}")
        self.name, self.credit_code = uses["name"], uses["credit_code"]
        self.division, self.trades_field = uses["division"], uses["trades"]
        self.op_status = uses["op_status"]
        self.columns = {
            heading: field.code
            for field in fields
            for heading in (field.label, field.code, *field.aliases)
        }
        self._judges: dict[str, Judge] = {field.code: self._judge(field) for field in fields}
        self.needed = tuple(code for item in self.mandatory for code in item.fields)
        self._item_of = {code: item.code for item in self.items for code in item.fields}
        self._known_divisions: dict[str, bool] = {}

    @classmethod
    def from_content(cls, content: Mapping[str, Any], divisions: Divisions | None = None) -> Self:
        """From `content/ledger/dictionary.toml`; without divisions any six or more digits will do."""
        body = dict(content)
        fields = tuple(_field(field) for field in need(body, "field", "ledger"))
        known = {field.code for field in fields}
        items = tuple(_item(item) for item in need(body, "item", "ledger"))
        for item in items:
            if not set(item.fields) <= known:
                raise ContentError(f"数据项 {item.code} 引用了不存在的栏目")
        ref = f"{need(body, 'code', 'ledger')}@{need(body, 'version', 'ledger')}"
        status = str(need(body, "status", "ledger"))
        return cls(ref, status, items, fields, divisions or Divisions({}))

    def normalise(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values as they are kept: trimmed, codes half-width and upper case, empty ones left out."""
        kept = {}
        for code, value in values.items():
            text = value.strip()
            if text:
                kept[code] = normalise_code(text) if code == self.credit_code else text
        return kept

    def check(self, values: Mapping[str, str]) -> list[Fault]:
        """What is wrong with a row: every cell that is filled wrongly, every mandatory one missing."""
        found = [self.fault(code, value) for code, value in values.items() if value]
        found += [self.fault(code, "") for code in self.needed if not values.get(code)]
        return [fault for fault in found if fault]

    def fault(self, code: str, value: str) -> Fault | None:
        """What is wrong with one cell; an empty one is wrong where it is mandatory."""
        if value:
            wrong = self._judges[code](value)
            return Fault(code, *wrong) if wrong else None
        if code in self.needed:
            return Fault(code, "missing", f"缺少必填项“{self.by_code[code].label}”")
        return None

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """Codes of mandatory items that are absent or not valid (缺失的必填项)."""
        judges = self._judges
        wrong = {
            self._item_of[code]
            for code in self.needed
            if not values.get(code) or judges[code](values[code])
        }
        return [item.code for item in self.mandatory if item.code in wrong]

    def trades(self, values: Mapping[str, str]) -> list[str]:
        """The supervised trades (行业领域) that the plant's categories belong to."""
        choices = self.by_code[self.trades_field].choices
        text = values.get(self.trades_field, "")
        return sorted({trade for part in _parts(text) if (trade := choices.get(part))})

    def _judge(self, field: Field) -> Judge:
        kinds: dict[str, Callable[[Field], Judge]] = {
            "text": _text, "name": _text, "credit_code": lambda _: _credit_code,
            "division": lambda _: self._division, "phone": lambda _: _phone,
            "mobile": lambda _: _mobile, "choice": _choice, "trades": _trades,
            "integer": lambda _: _integer, "number": _number, "date": lambda _: _date,
            "postcode": lambda _: _postcode,
        }  # fmt: skip
        if field.kind not in kinds:
            raise ContentError(f"栏目 {field.code} 的 kind “{field.kind}” 不认识")
        return kinds[field.kind](field)

    def _division(self, value: str) -> tuple[str, str] | None:
        known = self._known_divisions.get(value)
        if known is None:
            plausible = value.isascii() and value.isdigit() and len(value) in (6, 9, 12)
            known = self._divisions.known(value) or (
                plausible and not self._divisions.below("140000")
            )
            self._known_divisions[value] = known
        return (
            None if known else ("unknown-division", f"行政区划代码“{value[:20]}”不在本市区划表内")
        )


def _item(body: Mapping[str, Any]) -> Item:
    code, label, mandatory, fields = (
        need(dict(body), key, "ledger/item") for key in ("code", "label", "mandatory", "fields")
    )
    return Item(code, label, bool(mandatory), tuple(fields))


def _field(body: Mapping[str, Any]) -> Field:
    choices = body.get("choices", {})
    code, label, kind = (need(dict(body), key, "ledger/field") for key in ("code", "label", "kind"))
    return Field(
        code=code, label=label, kind=kind, use=body.get("use"),
        aliases=tuple(body.get("aliases", ())),
        choices=dict(choices) if isinstance(choices, Mapping) else dict.fromkeys(choices),
        maximum=body.get("max"), minimum=body.get("min"),
    )  # fmt: skip


def _parts(text: str) -> Iterable[str]:
    return (part for part in re.split(r"[,，、;；/\s]+", text) if part)


def _text(field: Field) -> Judge:
    longest = int(field.maximum or 200)
    strict = field.use is not None or longest <= 200

    def judge(value: str) -> tuple[str, str] | None:
        if len(value) > longest:
            return "too-long", f"“{field.label}”超过 {longest} 个字"
        if strict and len(value) <= 4 and is_placeholder(value):
            return "placeholder", f"“{field.label}”为占位内容，请填写真实信息"
        return None

    return judge


def _credit_code(value: str) -> tuple[str, str] | None:
    if not value.isascii() and _FULLWIDTH.search(value):
        return "full-width", f"统一社会信用代码含全角字符，应为 {normalise_code(value)}"
    fault = credit_code_fault(value)
    return ("credit-code-length" if len(value) != 18 else "credit-code", fault) if fault else None


def _phone(value: str) -> tuple[str, str] | None:
    if not value.isascii() and _FULLWIDTH.search(value):
        return "full-width", f"电话含全角字符，应为 {halfwidth(value)}"
    fault = phone_fault(value)
    return ("placeholder-phone" if fault and "占位" in fault else "phone", fault) if fault else None


def _mobile(value: str) -> tuple[str, str] | None:
    fault = phone_fault(value, mobile_only=True)
    return ("placeholder-phone" if "占位" in fault else "mobile", fault) if fault else None


def _choice(field: Field) -> Judge:
    choices, shown = field.choices, "、".join(field.choices)

    def judge(value: str) -> tuple[str, str] | None:
        return None if value in choices else ("choice", f"“{value[:20]}”不在可选范围内：{shown}")

    return judge


def _trades(field: Field) -> Judge:
    choices = field.choices

    def judge(value: str) -> tuple[str, str] | None:
        if value in choices:
            return None
        # What holds only separators names no trade at all.
        unknown = [part for part in list(_parts(value)) or [value] if part not in choices]
        return ("choice", f"“{unknown[0][:20]}”不是监管行业分类") if unknown else None

    return judge


def _integer(value: str) -> tuple[str, str] | None:
    return (
        None if value.isascii() and value.isdigit() and len(value) <= 9 else ("integer", "应为整数")
    )


def _number(field: Field) -> Judge:
    def judge(value: str) -> tuple[str, str] | None:
        if not _NUMBER.fullmatch(value):
            return "number", "应为数值"
        number, low, high = float(value), field.minimum, field.maximum
        if low is not None and number < low:
            return "out-of-range", f"“{field.label}”不应小于 {low}"
        if high is not None and number > high:
            return "out-of-range", f"“{field.label}”不应大于 {high}"
        return None

    return judge


def _date(value: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(value)
    try:
        if match:
            date(int(match[1]), int(match[2]), int(match[3]))
            return None
    except ValueError:
        pass
    return "date", "应为日期，如 2018-06-30"


def _postcode(value: str) -> tuple[str, str] | None:
    plain = value.isascii() and value.isdigit() and len(value) == 6
    return None if plain else ("postcode", "邮政编码应为 6 位数字")


def require_complete(name: str, missing: Iterable[str], labels: Mapping[str, str]) -> None:
    """A plant can be chosen only when no mandatory item is missing; the refusal names them."""
    named = [labels.get(code, code) for code in missing]
    if named:
        raise LedgerIncomplete(f"{name}缺少：{'、'.join(named)}", missing=named)


def require_operating(name: str, op_status: str) -> None:
    """Only a plant that still works is planned for. Refuses EntityClosed."""
    if op_status in CEASED:
        raise EntityClosed(f"{name}的生产经营状态为“{op_status}”")
