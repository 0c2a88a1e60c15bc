"""The page of the API (接口说明), drawn from the merged document: nothing is loaded with it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from gateway.api_document import SHAPES, Document

METHODS = ("get", "head", "options", "put", "post", "patch", "delete")
PLACES = {"path": "路径", "query": "查询", "header": "请求头", "cookie": "Cookie"}
BOUNDS = {
    "minimum": "≥ {}", "maximum": "≤ {}", "minLength": "至少 {} 字", "maxLength": "至多 {} 字",
    "minItems": "至少 {} 项", "maxItems": "至多 {} 项", "pattern": "{}",
}  # fmt: skip
CHINESE = re.compile(r"[(（]([^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")


@dataclass(frozen=True)
class Line:
    """One parameter, or one member of a shape."""

    name: str
    kind: Markup
    needed: bool
    told: str
    place: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    anchor: str
    method: str
    path: str
    title: str
    told: str
    open: bool
    permissions: tuple[str, ...]
    parameters: tuple[Line, ...]
    takes: Markup | None
    gives: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True)
class Shape:
    """One named shape."""

    name: str
    title: str
    told: str
    members: tuple[Line, ...]
    kind: Markup


def page(document: Document) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    groups: dict[str, list[Operation]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                tag = (operations[method].get("tags") or ["其他"])[0]
                groups.setdefault(tag, []).append(_operation(path, method, operations[method]))
    shapes = [_shape(name, shape) for name, shape in document["components"]["schemas"].items()]
    return environment.get_template("api_page.html").render(
        info=document["info"], groups=groups, shapes=shapes
    )


def _operation(path: str, method: str, told: Document) -> Operation:
    title, description = _titles(told.get("description", ""), told.get("summary", ""))
    body = told.get("requestBody", {}).get("content", {})
    return Operation(
        anchor=f"{method}-{re.sub('[^a-z0-9]+', '-', path.lower()).strip('-')}",
        method=method.upper(), path=path, title=title, told=description,
        open=told.get("security") == [],
        permissions=tuple(told.get("x-permissions", ())),
        parameters=tuple(
            Line(
                name=one["name"], kind=_kind(one.get("schema", {})),
                needed=bool(one.get("required")), told=one.get("description", ""),
                place=PLACES.get(one["in"], one["in"]),
            )
            for one in told.get("parameters", ())
        ),
        takes=_content(body) if body else None,
        gives=tuple(
            ("其他" if status == "default" else status, _content(answer.get("content", {})))
            for status, answer in told.get("responses", {}).items()
        ),
    )  # fmt: skip


def _shape(name: str, told: Document) -> Shape:
    title, description = _titles(told.get("description", ""), name)
    needed = set(told.get("required", ()))
    return Shape(
        name=name, title=title if title != name else "", told=description,
        members=tuple(
            Line(
                name=member, kind=_kind(kind), needed=member in needed,
                told=kind.get("description", ""),
            )
            for member, kind in told.get("properties", {}).items()
        ),
        kind=_kind({key: value for key, value in told.items() if key != "description"}),
    )  # fmt: skip


def _titles(description: str, otherwise: str) -> tuple[str, str]:
    """Title and text: the Chinese name that our descriptions carry in brackets leads."""
    first, _, rest = description.strip().partition("\n")
    found = CHINESE.search(first)
    return (found.group(1) if found else otherwise), " ".join(f"{first} {rest}".split())


def _content(content: Document) -> Markup:
    """What a body may be: its media types, each with its shape."""
    parts = []
    for media, body in content.items():
        shape = body.get("schema")
        named = escape(media) if media != "application/json" else Markup("JSON")
        parts.append(named + (Markup(" ") + _kind(shape) if shape else Markup("")))
    return Markup("，").join(parts) if parts else Markup("无内容")


def _kind(schema: Any) -> Markup:  # noqa: ANN401 - JSON Schema allows `true`
    """A schema in a few words, its named shapes as links."""
    if not isinstance(schema, dict):
        return Markup("任意")
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(SHAPES)
        return Markup('<a href="#shape-{0}">{0}</a>').format(name)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return Markup(" 或 ").join(_kind(one) for one in schema[word])
    if "const" in schema:
        return escape(f"“{schema['const']}”")
    if "enum" in schema:
        return escape(" | ".join(map(str, schema["enum"])))
    if schema.get("type") == "array":
        return _kind(schema.get("items", {})) + _bounds(schema, " 的列表")
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("键 → ") + _kind(schema["additionalProperties"])
    words = {
        "string": "文字", "integer": "整数", "number": "数", "boolean": "是/否", "null": "空",
        "object": "对象",
    }  # fmt: skip
    formats = {
        "uuid": "UUID", "date": "日期", "date-time": "时间", "binary": "字节", "password": "口令",
    }  # fmt: skip
    word = formats.get(schema.get("format", "")) or words.get(str(schema.get("type")), "任意")
    return escape(word) + _bounds(schema, "")


def _bounds(schema: Document, word: str) -> Markup:
    told = [text.format(schema[key]) for key, text in BOUNDS.items() if key in schema]
    if "default" in schema and schema["default"] not in (None, "", []):
        told.append(f"默认 {schema['default']}")
    return escape(word + (f"（{'，'.join(told)}）" if told else ""))
