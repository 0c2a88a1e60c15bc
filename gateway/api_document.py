"""One OpenAPI document made of the services' three."""

from collections.abc import Mapping
from typing import Any

from gateway.routes import is_open, resource_of
from services.kit.problems import MEDIA_TYPE

Document = dict[str, Any]
SHAPES = "#/components/schemas/"
PROBLEM: Document = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal or an error, in an officer's words (问题说明, RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "description": "/problems/ 加问题代码"},
        "title": {"type": "string", "description": "一句话说明"},
        "status": {"type": "integer", "description": "HTTP 状态码"},
        "detail": {"type": "string", "description": "具体原因，可直接给执法人员看"},
        "code": {"type": "string", "description": "问题代码，程序据此判断"},
        "law": {"type": "string", "description": "依据的法律条款（因法律规定不予办理时）"},
        "next_step": {"type": "string", "description": "下一步怎么办"},
        "errors": {
            "type": "array",
            "description": "逐项错误（内容不符合要求时）",
            "items": {
                "type": "object",
                "properties": {
                    "at": {"type": "string", "description": "位置"},
                    "reason": {"type": "string", "description": "原因"},
                },
            },
        },
        "trace": {"type": "string", "description": "跟踪号，报修时提供"},
    },
}


def merged(documents: Mapping[str, Document]) -> Document:
    """The services' documents as the one of the whole house.

    What the gateway does not pass on (feeds) is left out. Two different shapes of one name keep
    apart: the later one gets its service's name in front.
    """
    paths: Document = {}
    shapes: Document = {"Problem": PROBLEM}
    for service, document in documents.items():
        own = document.get("components", {}).get("schemas", {})
        names = _names(service, own, shapes)
        shapes |= {names[name]: _renamed(shape, names) for name, shape in own.items()}
        for path, operations in document.get("paths", {}).items():
            if resource_of(path) is not None:
                paths[path] = _renamed(operations, names)
    for path, operations in paths.items():
        for method, operation in operations.items():
            if is_open(method.upper(), path):
                operation["security"] = []
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "互联网+执法 接口", "version": "1",
            "description": "台账、办案、指标三个服务经同一入口提供的接口。",
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(shapes.items())),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def _names(service: str, own: Document, known: Document) -> dict[str, str]:
    """Each of a service's shapes → its name in the whole."""
    names = {name: name for name in own}
    while True:
        # A shape also differs when one that it refers to has had to give way.
        different = {
            name: f"{service}.{name}"
            for name, given in names.items()
            if given == name and known.get(name, own[name]) != _renamed(own[name], names)
        }
        if not different:
            return names
        names |= different


def _renamed(node: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """A copy of `node` whose references follow `names`; every problem has the problem's shape."""
    if isinstance(node, list):
        return [_renamed(part, names) for part in node]
    if not isinstance(node, dict):
        return node
    copy: Document = {}
    for key, value in node.items():
        if key == "$ref" and isinstance(value, str) and value.startswith(SHAPES):
            name = value.removeprefix(SHAPES)
            copy[key] = SHAPES + names.get(name, name)
        elif key == MEDIA_TYPE and not value:
            copy[key] = {"schema": {"$ref": f"{SHAPES}Problem"}}
        else:
            copy[key] = _renamed(value, names)
    return copy
