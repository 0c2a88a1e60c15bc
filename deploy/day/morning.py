"""Before leaving: the tablet is let in, signs in, pulls what its officers need (出发之前)."""

from typing import Any

from deploy.county import COUNTY, PASSWORD
from deploy.day.bureau import OFFICER, Bureau, DayFailed, good
from field_app.actions.sign_in import enter
from field_app.contact import contact_of
from field_app.device import Device
from field_app.enrolment import enrol
from field_app.forecast import NUMBERED
from field_app.refresh import DATASETS, refresh
from field_app.reporting import report
from field_app.session import office_client
from field_app.vault import Vault

NAMES = {
    "units": "执法单位", "officers": "执法人员", "entities": "企业", "planned-inspections": "计划内检查",
    "inspection-schemes": "现场检查方案", "hazards": "隐患", "inspections": "以往检查",
    "visits": "同行检查",
    "proposals": "台账补充建议", "cases": "行政处罚",
}  # fmt: skip


async def get_ready(bureau: Bureau, scheme: dict[str, Any]) -> None:
    """Sign in on the tablet and bring it up to date; the scheme of the day must be on it."""
    vault = Vault(bureau.tablet)
    await _let_in(bureau, vault.device)
    store = await enter(vault, bureau.gateway, OFFICER, PASSWORD)
    try:
        me = store.setting("me")
        bureau.tell.done(f"{me['name']}在平板上登录（{me['unit_name']}）")
        with bureau.tell.working("更新平板"):
            async with office_client(store, bureau.gateway) as office:
                done = await refresh(store, office)
                await report(store, office)
        if done.stopped:
            raise DayFailed(f"平板更新未完成：{done.stopped}")
        bureau.tell.done(
            "平板已更新",
            "，".join(f"{NAMES[name]} {store.mirror.count(name)}" for name in DATASETS)
            + f"；检查表和文书样式 {len(store.packs.known())} 份",
        )
        year = bureau.today.year
        left = "，".join(
            f"{store.packs.template(kind).name} {store.leases.left(kind, year)} 个"
            for kind in NUMBERED
        )
        bureau.tell.done("文号段在手", left)
        if store.mirror.scheme(scheme["id"]) is None:
            raise DayFailed("今天的现场检查方案没有到平板上")
    finally:
        store.close()


async def _let_in(bureau: Bureau, device: Device) -> None:
    """Enrol the tablet as an office does: the administrator gives out a code, the tablet scans it."""
    if contact_of(device).enrolled:
        return
    office = await bureau.as_administrator()
    # A day that is taken up at another address gives out another code.
    url = f"/v1/device-enrolments/{bureau.id(f'enrolment/{bureau.gateway}')}"
    asked = {"unit": COUNTY, "gateway": bureau.gateway}
    code = good(await office.put(url, json=asked))
    contact = await enrol(device, bureau.gateway, code["qr"], "河津一号平板")
    bureau.tell.done(
        f"平板注册到{contact.unit_name}", f"注册码 {code['code']}，一码一机，24 小时有效"
    )
