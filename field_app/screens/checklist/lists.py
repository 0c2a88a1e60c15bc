"""The check lists of a visit (本次检查的检查表): those in use, until when, what is newer, what could be added."""

from dataclasses import dataclass
from datetime import date

from field_app.found import answered_items
from field_app.screens import confirmed
from field_app.screens.days import day_text
from field_app.screens.plant.view import checklists
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from lawbook.checklist import Checklist
from lawbook.inspection import Answer


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list: in use (`newer`: the version to change to; `leaves`: it can go), or one to add."""

    ref: str
    title: str
    detail: str
    tag: str
    newer: str = ""
    change: str = ""
    """What changes with the newer version, in words."""
    leaves: bool = False


def in_use(store: Store, inspection: Inspection, today: date) -> list[ListLine]:
    """The lists of the visit."""
    answers = answered_items(store, inspection)
    lines = []
    for ref in inspection.checklists:
        if not store.packs.has(ref):
            told = "本机尚未下载：在有信号处点“更新”后再答"
            lines.append(ListLine(ref, ref, told, "本机没有", leaves=ref != inspection.checklist))
            continue
        one = store.packs.checklist(ref)
        done = sum(item.code in answers for item in one.items)
        detail = f"{one.version} 版　已答 {done}/{len(one.items)} 项　{validity(one, today)}"
        newer = _newer(store, one, today)
        lines.append(
            ListLine(
                ref, one.name, detail.strip("　"), "使用中", newer.ref if newer else "",
                _change(store, inspection, one, newer) if newer else "",
                ref != inspection.checklist,
            )
        )  # fmt: skip
    return lines


def to_add(store: Store, inspection: Inspection, today: date) -> list[ListLine]:
    """The lists in force that could be added, those made for the plant first."""
    entity = store.mirror.entity(inspection.entity_id)
    used = {ref.partition("@")[0] for ref in inspection.checklists}
    known = {item.code for item in store.packs.asked(inspection.checklists).items}
    if entity is None:
        return []
    lines = []
    for choice in checklists(store, entity, today):
        one = store.packs.checklist(choice.value)
        if one.code not in used:
            new = sum(item.code not in known for item in one.items)
            detail = f"增加 {new} 项　{confirmed.said_short(one.status)}".rstrip("　")
            lines.append(ListLine(one.ref, one.name, detail, "增加"))
    return lines


def validity(one: Checklist, today: date) -> str:
    """Until when a version is valid, in words; empty where no end is set."""
    if one.valid_until is None:
        return ""
    until = f"{one.valid_until.year}年{day_text(one.valid_until)}"
    return f"有效期至 {until}" + ("，已过" if one.valid_until < today else "")


def outdated(store: Store, inspection: Inspection, today: date) -> str:
    """That newer versions of lists in use are here, in words; empty where none is."""
    told = []
    for line in in_use(store, inspection, today):
        if line.newer:
            one = store.packs.checklist(line.ref)
            until = validity(one, today)
            told.append(
                f"{one.name}已有 {line.newer.partition('@')[2]} 版"
                + (f"（本版{until}）" if until else "")
            )
    return "；".join(told)


def _newer(store: Store, one: Checklist, today: date) -> Checklist | None:
    """The version of a list in force today, where it is another one."""
    newest = next((it for it in store.packs.checklists(today) if it.code == one.code), None)
    return newest if newest is not None and newest.ref != one.ref else None


def _change(store: Store, inspection: Inspection, old: Checklist, new: Checklist) -> str:
    """What changes for a visit with the newer version of a list."""
    before, after = {it.code for it in old.items}, {it.code for it in new.items}
    others = {
        it.code
        for ref in inspection.checklists
        if ref != old.ref and store.packs.has(ref)
        for it in store.packs.checklist(ref).items
    }
    answers = store.inspections.answers(inspection.id)
    gone = before - after - others
    unmet = [it for it in gone if it in answers and answers[it].answer is Answer.NOT_MET]
    told = f"改用 {new.version} 版：增加 {len(after - before - others)} 项，不再问 {len(gone)} 项"
    if unmet:
        told += f"，其中不符合的 {len(unmet)} 项保留为检查表以外的问题"
    return told
