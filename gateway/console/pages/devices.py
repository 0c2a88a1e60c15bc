"""Devices: which there are, how they stand, how one more is enrolled (平板)."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import segno
from markupsafe import Markup
from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from lawbook.devices import MOST_SKEW, alarm, days_silent

ALARMS = {"amber": "wait", "red": "warn", "calm": "plain"}


async def listed(visit: Visit) -> Response:
    """Devices by unit and name, with what needs somebody's attention in front."""
    return await _listed(visit)


async def _listed(visit: Visit, problem: ApiProblem | None = None) -> Response:
    unit = visit.query("unit")
    found, units = await asyncio.gather(
        visit.api.every("/v1/devices", unit=unit), visit.api.get("/v1/units")
    )
    shown = [_shown(device) for device in found]
    return visit.page(
        "devices.html", problem.status if problem else 200,
        devices=sorted(shown, key=lambda one: -one["pressing"]),
        names={one["code"]: one["name"] for one in units["items"]},
        counts=_counts(shown), unit=unit, problem=problem.body if problem else None,
    )  # fmt: skip


def _shown(device: Json) -> dict[str, Any]:
    """A device, with what its row says beside what the office knows."""
    contacted = device["contacted_at"]
    days = days_silent(datetime.fromisoformat(contacted) if contacted else None, datetime.now(UTC))
    # A device that is no longer used is silent by right.
    silence = alarm(days) if device["state"] != "wiped" else "calm"
    report = device["report"] or {}
    return device | {
        "days": days, "silence": ALARMS[silence],
        "unsent": report.get("unsent_letters", 0) + report.get("unsent_files", 0),
        "unfinished": report.get("unfinished", 0),
        "oldest": report.get("oldest_unsent_at"), "versions": report.get("versions"),
        "clock_off": abs(device["skew"] or 0) > MOST_SKEW.total_seconds(),
        "pressing": -(device["state"] == "wiped") + 4 * bool(device["cloned_at"]) + 2 * (silence == "red")
        + (silence == "amber"),
    }  # fmt: skip


def _counts(devices: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "all": len(devices),
        "silent": sum(one["silence"] != "plain" for one in devices),
        "unsent": sum(one["unsent"] for one in devices if one["state"] != "wiped"),
        "cloned": sum(bool(one["cloned_at"]) for one in devices),
    }


async def ask(visit: Visit) -> Response:
    """The form by which one device more is let in (发放注册码)."""
    return await _ask(visit, {"unit": visit.who.unit, "gateway": _here(visit)})


async def _ask(visit: Visit, given: dict[str, str], problem: ApiProblem | None = None) -> Response:
    units = await visit.api.get("/v1/units")
    return visit.page(
        "device_enrol.html", problem.status if problem else 200, units=units["items"],
        given=given, new_id=str(uuid4()), problem=problem.body if problem else None,
    )  # fmt: skip


def _here(visit: Visit) -> str:
    """The address under which this very page was reached: the tablets' way in, as a rule."""
    return str(visit.request.base_url).rstrip("/")


async def give(visit: Visit) -> Response:
    """Give out a code, and show it."""
    given = {name: visit.form[name] for name in ("unit", "gateway")}
    try:
        await visit.api.put(path_of("device-enrolments", visit.form["id"]), dict(given))
    except ApiProblem as problem:
        if problem.status not in (403, 409, 422):
            raise
        return await _ask(visit, given, problem)
    return visit.go(f"/devices/enrolments/{visit.form['id']}")


async def code(visit: Visit) -> Response:
    """A code and its QR code; once it has been used, by which device."""
    id_ = visit.path("enrolment_id")
    enrolment, units = await asyncio.gather(
        visit.api.get(path_of("device-enrolments", id_)), visit.api.get("/v1/units")
    )
    device = None
    if enrolment["device"]:
        device = await visit.api.get(path_of("devices", enrolment["device"]))
    drawn = segno.make(enrolment["qr"], error="m", micro=False)
    # Black on white in the dark as well: cameras read nothing else reliably.
    qr = drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    names = {one["code"]: one["name"] for one in units["items"]}
    over = datetime.fromisoformat(enrolment["expires_at"]) <= datetime.now(UTC)
    return visit.page(
        "device_code.html", enrolment=enrolment, qr=Markup(qr), device=device, over=over,
        unit=names.get(enrolment["unit"], enrolment["unit"]),
    )  # fmt: skip


async def decide(visit: Visit) -> Response:
    """Freeze, bring back into use, or ask for a wipe."""
    form = visit.form
    body = {"state": form["state"], "reason": form["reason"]}
    try:
        await visit.api.put(f"{path_of('devices', visit.path('device_id'))}/state", body)
    except ApiProblem as problem:
        if problem.status not in (409, 422):
            raise
        return await _listed(visit, problem)
    return visit.go(link("/devices", unit=visit.query("unit")))


ROUTES = (
    ("GET", "/devices", page(listed, "device.read")),
    ("GET", "/devices/enrol", page(ask, "device.write")),
    ("POST", "/devices/enrol", page(give, "device.write")),
    ("GET", "/devices/enrolments/{enrolment_id}", page(code, "device.write")),
    ("POST", "/devices/{device_id}/state", page(decide, "device.write")),
)
