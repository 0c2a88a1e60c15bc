"""Evening in the city: the figures move (考核指标)."""

from typing import Any

from deploy.county import COUNTY
from deploy.day.bureau import Bureau, DayFailed, good
from lawbook.rates import percent


async def read(bureau: Bureau) -> dict[str, Any]:
    """The indicators, told as a table; each opens into the records behind it."""
    await bureau.settle()
    auditor = await bureau.sign_in("chenlan")
    told = good(await auditor.get("/v1/indicators", params={"year": bureau.today.year}))
    rows, found = [], {}
    for item in told["items"]:
        county = next((unit for unit in item["units"] if unit["region"] == COUNTY), None)
        if county is None or county["denominator"] is None:
            continue
        found[item["code"]] = county
        rows.append([
            f"{item['number']} {item['name']}", str(county["numerator"]), str(county["denominator"]),
            percent(county["numerator"], county["denominator"]), item["due_on"],
        ])  # fmt: skip
    bureau.tell.table("河津市", ["指标", "分子", "分母", "比率", "完成时限"], rows)
    if len(found) < 4:
        raise DayFailed(f"应有四项指标，只见 {sorted(found)}")
    await _open(bureau, told)
    return found


async def _open(bureau: Bureau, told: dict[str, Any]) -> None:
    auditor = await bureau.sign_in("chenlan")
    for item in told["items"]:
        county = next((unit for unit in item["units"] if unit["region"] == COUNTY), None)
        if not county or not county["denominator"] or county["numerator"] == county["denominator"]:
            continue
        behind = good(
            await auditor.get(
                f"/v1/indicators/{item['code']}/records",
                params={
                    "year": bureau.today.year,
                    "unit": county["unit"],
                    "part": "missing",
                    "limit": 3,
                },
            )
        )["items"]
        names = "、".join(record["title"] for record in behind)
        bureau.tell.done(f"{item['name']}还差：{names}" + ("等" if len(behind) == 3 else ""))
