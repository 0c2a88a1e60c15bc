"""Meet the other officers of a visit (会合): join theirs, take over their words, learn that it ended.

Run after every refresh, on what the mirror holds; running it again changes nothing.
"""

import json
from typing import Any, cast

from field_app.actions.call_off import ended_as_called_off
from field_app.actions.take_photo import declare
from field_app.moments import kept, now, read
from field_app.shelves.inspections import Inspection
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from field_app.wire_visits import VisitLine
from field_app.words import rebuild


def meet(store: Store) -> int:
    """Bring every visit of which this officer is one up to what the office knows; how many joined."""
    officer = (store.setting("me") or {}).get("officer")
    joined = 0
    for row in store.mirror.rows("visits"):
        visit = cast("VisitLine", row)
        with store.atomic():
            here = store.inspections.one(visit["id"])
            if here is None and officer in visit["officers"]:
                here = _join(store, visit)
                joined += here is not None
            if here is not None:
                _take_over(store, here, visit)
    return joined


def _join(store: Store, visit: VisitLine) -> Inspection | None:
    """Work on a visit that another tablet opened; None when it is over or not for this one yet."""
    if store.mirror.one("inspections", visit["id"]) or visit["device"] == store.device:
        return None
    if visit.get("called_off"):
        return None
    if visit["scheme_id"] and store.inspections.of_scheme(visit["scheme_id"]):
        return None
    if store.mirror.entity(visit["entity_id"]) is None:
        return None
    try:
        store.packs.checklist(visit["checklist"])
    except PackMissing:
        return None
    told = ("id", "entity_id", "scheme_id", "planned_inspection_id", "ground_kind", "ground",
            "region", "checklist", "place")  # fmt: skip
    store.inspections.begin(
        {name: cast("dict[str, Any]", visit)[name] for name in told}
        | {
            "officers": json.dumps(visit["officers"]),
            "present": json.dumps(visit["present"], ensure_ascii=False),
            "started_at": _moment(visit["started_at"]),
            "led_by": visit["officer"],
            "shared_at": kept(now()),
        }
    )
    return store.inspections.one(visit["id"])


def _take_over(store: Store, here: Inspection, visit: VisitLine) -> None:
    patches = [patch | {"answered_at": _moment(patch["answered_at"])} for patch in visit["patches"]]
    new = set(store.visits.keep(here.id, cast("Any", patches), told=True))
    if here.ended_at:
        return
    rebuild(store, here, {patch["item"] for patch in visit["patches"] if patch["id"] in new})
    # Two tablets may have begun out of each other's reach: the one that began first leads.
    led_by = None if visit["device"] == store.device else visit["officer"]
    if here.led_by != led_by:
        store.inspections.change(here.id, {"led_by": led_by})
    if record := store.mirror.one("inspections", here.id):
        _end(store, here, record)
    elif off := visit.get("called_off"):
        ended_as_called_off(store, here, off["why"], _moment(off["at"]))
        for photo in store.inspections.photos(here.id):
            declare(store, here, photo, hazards=())


def _end(store: Store, here: Inspection, record: dict[str, Any]) -> None:
    """A colleague has ended the visit: what was answered here stays, photos are declared."""
    ended = {"ended_at": _moment(record["ended_at"]), "outcome": record["outcome"]}
    store.inspections.change(here.id, ended)
    recorded = {row["id"] for row in store.mirror.hazards(inspection_id=here.id)}
    for photo in store.inspections.photos(here.id):
        declare(store, here, photo, hazards=recorded)


def _moment(text: str) -> str:
    """A moment of a pull, in whole seconds as the tablet spells them."""
    return kept(read(text).replace(microsecond=0))
