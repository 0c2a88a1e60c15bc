"""Today's API keeps what an earlier release was promised: sync.md 10, N and N-1 for a plan year.

An operation stays; what a caller had not to say before need not be said now; what an answer always
held it still holds, of the same type.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.settings import ROOT

OPENAPI = ROOT / "openapi"
BEFORE = sorted((OPENAPI / "released").glob("*/*.json"))
AGREED = {
    # Records (笔录) bear no number; no tablet of that release reads documents.
    r"(get|put) /v1/documents.* answer\.(items\[\]\.)?number was \['string'\] and is "
    r"\['null', 'string'\]",
}
"""What was widened knowingly, with the reason why it hurts nobody."""
METHODS = ("get", "put", "post", "patch", "delete", "head")

Api = dict[str, Any]


def operations(api: Api) -> Iterator[tuple[str, Api]]:
    for path, item in api["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def resolved(api: Api, schema: Api) -> Api:
    while "$ref" in schema:
        schema = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return resolved(api, options[0]) if len(options) == 1 else schema


def types(api: Api, schema: Api) -> set[str]:
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return set().union(*(types(api, one) for one in options))
    if "$ref" in schema:
        return types(api, api["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return {str(schema.get("type", "any"))}


def broken_answer(old: Api, new: Api, was: Api, is_: Api, at: str) -> Iterator[str]:
    """What a reader of the old shape would miss in the new one."""
    was, is_ = resolved(old, was), resolved(new, is_)
    for name in was.get("required", ()):
        if name not in is_.get("required", ()):
            yield f"{at}.{name} is no longer always told"
    for name, member in was.get("properties", {}).items():
        if name not in is_.get("properties", {}):
            yield f"{at}.{name} is gone"
            continue
        now = is_["properties"][name]
        before, after = types(old, member), types(new, now)
        if "any" not in before and not after <= before:
            yield f"{at}.{name} was {sorted(before)} and is {sorted(after)}"
        inner_was, inner_now = resolved(old, member), resolved(new, now)
        if "items" in inner_was and "items" in inner_now:
            yield from broken_answer(
                old, new, inner_was["items"], inner_now["items"], f"{at}.{name}[]"
            )
        elif "properties" in inner_was:
            yield from broken_answer(old, new, inner_was, inner_now, f"{at}.{name}")


def broken_question(old: Api, new: Api, was: Api, is_: Api, at: str) -> Iterator[str]:
    """What a caller of the old shape would say too little or too much of."""
    was, is_ = resolved(old, was), resolved(new, is_)
    for name in set(is_.get("required", ())) - set(was.get("required", ())):
        yield f"{at}.{name} must now be said"
    for name, member in was.get("properties", {}).items():
        now = is_.get("properties", {}).get(name)
        if now is None:
            if is_.get("additionalProperties") is False:
                yield f"{at}.{name} is no longer taken"
            continue
        if "any" not in types(new, now) and not types(old, member) <= types(new, now):
            yield f"{at}.{name} is no longer taken as {sorted(types(old, member))}"
        inner_was, inner_now = resolved(old, member), resolved(new, now)
        if "items" in inner_was and "items" in inner_now:
            yield from broken_question(
                old, new, inner_was["items"], inner_now["items"], f"{at}.{name}[]"
            )
        elif "properties" in inner_was and "properties" in inner_now:
            yield from broken_question(old, new, inner_was, inner_now, f"{at}.{name}")


def content(operation: Api, of: str) -> Api | None:
    """The JSON schema of the request, or of the good answer."""
    if of == "request":
        body = operation.get("requestBody", {})
    else:
        body = next(
            (one for code, one in operation["responses"].items() if code.startswith("2")), {}
        )
    for kind, one in body.get("content", {}).items():
        if "json" in kind and "schema" in one:
            return dict(one["schema"])
    return None


def broken(old: Api, new: Api) -> list[str]:
    found: list[str] = []
    now = dict(operations(new))
    for name, was in operations(old):
        if name not in now:
            found.append(f"{name} is gone")
            continue
        known = {(one["name"], one["in"]) for one in was.get("parameters", ())}
        for one in now[name].get("parameters", ()):
            if one.get("required") and (one["name"], one["in"]) not in known:
                found.append(f"{name}: {one['name']} must now be said")
        for of, compare in (("request", broken_question), ("answer", broken_answer)):
            before, after = content(was, of), content(now[name], of)
            if before and after:
                found += compare(old, new, before, after, f"{name} {of}")
    return found


def read(path: Path) -> Api:
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", BEFORE, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_published_before_still_holds(path):
    found = broken(read(path), read(OPENAPI / path.name))
    assert [one for one in found if not any(re.fullmatch(known, one) for known in AGREED)] == []


def test_a_promise_that_is_broken_is_found():
    """The comparison can fail: each of these would have broken an older tablet."""
    old = read(OPENAPI / "case.v1.json")
    for change, said in (
        (lambda api: api["paths"].pop("/v1/deliveries"), "is gone"),
        (
            lambda api: api["components"]["schemas"]["Receipt"]["properties"].pop("sha256"),
            "is gone",
        ),
        (
            lambda api: api["components"]["schemas"]["LetterBody"]["required"].append("seq"),
            "must now be said",
        ),
        (
            lambda api: api["components"]["schemas"]["Receipt"]["properties"].update(
                sha256={"type": "integer"}
            ),
            "was ['string'] and is ['integer']",
        ),
    ):
        new = read(OPENAPI / "case.v1.json")
        change(new)
        assert any(said in one for one in broken(old, new)), said
