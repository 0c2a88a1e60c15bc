"""A printed document proves itself in a browser: green for the right one, red for all else, offline."""

import base64
import json
import re
import subprocess
from datetime import date

import pytest
import zxingcpp
from hypothesis import HealthCheck, settings
from hypothesis import given as each
from hypothesis import strategies as st
from PIL import Image
from playwright.async_api import expect

from lawbook.proof import content_code
from paper.digest import canonical, digest
from tests.gateway.verify.conftest import sha256
from tests.proving import prover

GREEN, RED = "内容与签名相符", "不相符，请勿采信"
RENDERERS = ("typst", "fpdf2")


async def says(page, title, *reasons):
    """The verdict's title, and what its reasons contain."""
    await expect(page.locator("#title")).to_have_text(title)
    told = await page.locator("#reasons").inner_text()
    for reason in reasons:
        assert reason in told, told


async def choose(page, pdf, name="文书.pdf"):
    file = {"name": name, "mimeType": "application/pdf", "buffer": pdf}
    await page.locator("#file").set_input_files(file)


def scanned(pdf, folder):
    """What a phone reads from the last page as printed."""
    (folder / "page.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "200", "-gray", "-png", "page.pdf", "page"], cwd=folder, check=True
    )
    with Image.open(sorted(folder.glob("page-*.png"))[-1]) as page:
        [found] = zxingcpp.read_barcodes(page.convert("L"))
    return found.text


@pytest.mark.parametrize("renderer", RENDERERS)
async def test_a_scanned_page_is_green_and_says_what_to_compare(
    renderer, window, given, pdf_of, tmp_path
):
    page = await window(scanned(pdf_of(given, renderer), tmp_path))
    await says(page, GREEN, "请核对纸面")
    seal = given.composed().digest
    told = {
        "number": given.number, "content": content_code(seal), "name": "责令限期整改指令书",
        "party": given.data["entity_name"], "day": "2026年6月23日",
        "unit": "盐湖区应急管理局（140802）", "digest": seal, "template": given.template.ref,
    }  # fmt: skip
    for name, text in told.items():
        assert await page.locator(f"#{name}").text_content() == text
    assert await page.title() == f"{GREEN} · 文书验真"


async def test_without_a_network_it_says_the_same(window, given, other, code_of):
    page = await window(code_of(given))
    await page.context.set_offline(True)
    await says(page, GREEN)
    await page.locator("#code").fill(code_of(other))
    await says(page, GREEN)
    await expect(page.locator("#number")).to_have_text(other.number)
    await page.get_by_role("button", name="联网核对").click()
    await expect(page.locator("#checked")).to_contain_text("没有网络")


@pytest.mark.parametrize("renderer", RENDERERS)
async def test_the_page_kept_on_a_disk_verifies_in_flight_mode(
    renderer, window, given, other, code_of, pdf_of, address, tmp_path
):
    online = await window(f"{address}/verify")
    async with online.expect_download() as coming:
        await online.get_by_role("link", name="下载本页面").click()
    kept = tmp_path / "文书验真.html"
    await (await coming.value).save_as(kept)
    page = await window()
    await page.context.set_offline(True)
    await page.goto(f"{kept.as_uri()}#{code_of(given).partition('#')[2]}")
    await says(page, GREEN)
    assert not await page.locator("#online").is_visible()
    await choose(page, pdf_of(given, renderer))
    await says(page, GREEN, "全部内容与二维码相符")
    await choose(page, pdf_of(other, renderer))
    await says(page, RED, "另一份文书")


async def test_no_character_of_a_code_can_be_changed(window, given, code_of):
    page = await window(code_of(given))
    await says(page, GREEN)
    payload = code_of(given).partition("#")[2]
    unnoticed = await page.evaluate(
        """async (payload) => {
            const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            const unnoticed = [];
            for (let at = 0; at < payload.length; at += 1) {
                for (const by of [1, 32]) {
                    const one = letters[letters.indexOf(payload[at]) ^ by];
                    const changed = payload.slice(0, at) + one + payload.slice(at + 1);
                    let found;
                    try { found = await doubts(readProof(changed)); } catch (error) { found = [error.message]; }
                    if (!found.length) unnoticed.push([at, one]);
                }
            }
            return unnoticed;
        }""",
        payload,
    )
    assert unnoticed == []
    # And a person sees it: the number on the page says otherwise, the title is red.
    raw = bytearray(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    raw[raw.index("9号".encode())] = ord("8")
    await page.locator("#code").fill(base64.urlsafe_b64encode(raw).decode().rstrip("="))
    await says(page, RED, "有字符被改动")
    await expect(page.locator("#number")).to_have_text("（盐）应急责改〔2026〕8号")


@pytest.mark.parametrize("spoil", [lambda code: code[:-8], lambda code: code + "AAAA",
                                   lambda code: code.partition("#")[0] + "#!!",
                                   lambda code: code.replace("#AQ", "#Ag")])  # fmt: skip
async def test_what_is_no_code_is_red(window, given, code_of, address, spoil):
    page = await window(f"{address}/verify")
    assert not await page.locator("#verdict").is_visible()
    await page.locator("#code").fill(spoil(code_of(given)))
    await says(page, RED, "验真码")
    assert not await page.locator("#facts").is_visible()


async def test_another_documents_code_shows_that_other_one_and_fails_with_the_file(
    window, given, other, code_of, pdf_of
):
    page = await window(code_of(other))
    await says(page, GREEN, "从别处复制")
    await expect(page.locator("#number")).to_have_text(other.number)
    await choose(page, pdf_of(given))
    await says(page, RED, "文件属于另一份文书", given.number, content_code(given.composed().digest))
    await page.get_by_role("button", name="不再核对这个文件").click()
    await says(page, GREEN)


async def test_a_key_that_is_not_the_offices_is_red(window, given, address):
    stranger = prover()
    page = await window(stranger.of(given, gateway=address))
    await says(page, RED, "不是本局公布的公钥", "不能作为依据")
    # Nor does it help to go by the name of the office's key.
    assert not await page.locator("#online").is_visible()


async def test_a_strangers_attestation_under_the_offices_name_is_red(
    window, given, someone, address
):
    page = await window(prover().of(given, gateway=address, key=someone.attestation().key))
    await says(page, RED, "平板证书不是本局签发的")


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2027, 2, 1)])
async def test_a_document_issued_outside_its_attestations_time_is_red(window, given, code_of, day):
    page = await window(code_of(given, day=day))
    await says(page, RED, "证书已过期")


async def test_a_attestation_holds_on_its_last_day(window, given, code_of):
    page = await window(code_of(given, day=date(2027, 1, 31)))
    await says(page, GREEN)


@pytest.mark.parametrize("renderer", RENDERERS)
async def test_a_file_alone_is_verified_and_shows_its_content(
    renderer, window, given, pdf_of, address
):
    page = await window(f"{address}/verify")
    await choose(page, pdf_of(given, renderer))
    await says(page, GREEN, "全部内容与二维码相符")
    shown = await page.locator("#data").inner_text()
    assert given.data["problems"][0]["description"] in shown
    assert "2026年3月20日" in shown
    # As the form has them, by its own words.
    assert shown.index("执法机关") < shown.index("被检查单位") < shown.index("存在问题")
    assert "entity_name" not in shown


def altered(pdf, change):
    """The PDF with other data inside, as long as before in the bytes around."""

    def again(found):
        told = json.loads(base64.b64decode(found[1]))
        change(told)
        return b"zhifa-data:1:" + base64.b64encode(canonical(told))

    return re.sub(rb"zhifa-data:1:([A-Za-z0-9+/=]+)", again, pdf)


@pytest.mark.parametrize("renderer", RENDERERS)
async def test_a_file_whose_content_was_changed_is_red(renderer, window, given, pdf_of, code_of):
    page = await window(code_of(given))
    pdf = pdf_of(given, renderer)
    changes = [
        lambda told: told.update(number="（盐）应急责改〔2026〕8号"),
        lambda told: told.update(kind="inspection-record"),
        lambda told: told["data"].update(organ="盐湖区应急管理局 "),
        lambda told: told["data"]["problems"][0].update(correct_by="2026-12-31"),
        lambda told: told["data"]["problems"].reverse(),
        lambda told: told["data"].update(extra=1),
    ]
    for change in changes:
        await choose(page, altered(pdf, change))
        await says(page, RED, "内容有改动")
    await choose(page, altered(pdf, lambda told: None))
    await says(page, GREEN)
    twice = pdf + b"\n% zhifa-data:1:" + base64.b64encode(canonical({"data": {}}))
    await choose(page, twice)
    await says(page, RED, "两份不同的数据")


async def test_a_file_with_no_data_or_no_code_is_no_green_of_its_content(
    window, given, pdf_of, code_of, address
):
    page = await window(code_of(given))
    without = re.sub(rb"zhifa-data:1:[A-Za-z0-9+/=]+", b"", pdf_of(given))
    await choose(page, without)
    await says(page, GREEN, "没有附带全文数据")
    page = await window(f"{address}/verify")
    await choose(page, re.sub(rb"zhifa-proof:1:[\w-]+", b"", without))
    await says(page, "文件中没有验真码")
    await choose(page, b"hello")
    await says(page, RED, "不是 PDF")


async def test_a_browser_that_cannot_tell_says_so(window, given, code_of):
    lacking = """crypto.subtle.importKey = async () => {
        throw new DOMException("no", "NotSupportedError"); };"""
    page = await window(code_of(given), script=lacking)
    await says(page, "此浏览器无法核验签名", "不支持 Ed25519", "未经核验")
    insecure = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });"
    page = await window(code_of(given), script=insecure)
    await says(page, "此浏览器无法核验签名", "https")


async def test_the_office_is_asked_only_when_somebody_wants_it(
    window, given, code_of, pdf_of, checked
):
    page = await window(code_of(given))
    await says(page, GREEN)
    assert "asked" not in checked
    ask, told = page.get_by_role("button", name="联网核对"), page.locator("#checked")
    await ask.click()
    await expect(told).to_have_text("本局存有这份文书，未被更正。")
    path, query = checked["asked"]
    assert path == f"/v1/document-checks/{given.composed().digest}"
    assert "pdf" not in query
    checked["corrected"] = True
    await ask.click()
    await expect(told).to_contain_text("已被更正")
    checked |= {"held": False, "corrected": False}
    await ask.click()
    await expect(told).to_contain_text("尚未收到")
    checked |= {"held": True, "file": False}
    pdf = pdf_of(given)
    await choose(page, pdf)
    await says(page, GREEN, "全部内容")
    await ask.click()
    await expect(told).to_contain_text("不是同一个文件")
    assert f"pdf={sha256(pdf)}" in checked["asked"][1]


async def test_who_asks_without_end_is_told_to_wait(window, given, code_of, checked):
    page = await window(code_of(given))
    ask, told = page.get_by_role("button", name="联网核对"), page.locator("#checked")
    for _ in range(5):
        await ask.click()
        await expect(told).to_contain_text("存有")
    await ask.click()
    await expect(told).to_contain_text("太频繁")


async def test_nothing_is_loaded_with_the_page_and_nothing_else_may_run(
    window, given, code_of, address
):
    page = await window()
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    answer = await page.goto(code_of(given))
    await says(page, GREEN)
    assert [url.partition("#")[0] for url in seen] == [f"{address}/verify"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_it_fits_a_phone_and_a_desk_by_day_and_night(
    width, scheme, window, given, code_of, pdf_of
):
    page = await window(code_of(given), width=width, color_scheme=scheme)
    await choose(page, pdf_of(given))
    await says(page, GREEN)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
CONTENT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | TEXTS
    | st.sampled_from(["\u2028", "\x7f", "\x00/"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
DATA = st.dictionaries(TEXTS, CONTENT, max_size=6)


def many(count):
    """Data as hypothesis makes them."""
    found = []

    @settings(
        max_examples=count, database=None, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @each(DATA, TEXTS | st.none())
    def collect(data, number):
        found.append((number, data))

    collect()
    return found


async def test_the_page_and_the_office_spell_content_alike(window, address):
    cases = many(400)
    cases.append(("1", {"\U0001f600": 1, "\uff5e": 2, "a": [10**30, -0, {"乙": '甲\n\t"\\'}]}))
    asked = [
        # Spelled in some other way: the page must find the one spelling by itself.
        json.dumps(
            {"number": number, "data": data, "kind": "k"}, indent=1, ensure_ascii=at % 2 == 0
        )
        for at, (number, data) in enumerate(cases)
    ]
    page = await window(f"{address}/verify")
    made = await page.evaluate("async (texts) => Promise.all(texts.map(digestOf))", asked)
    assert len(made) > 300
    assert made == [digest("k", number, data) for number, data in cases]


async def test_what_the_office_would_not_spell_the_page_does_not_either(window, address):
    page = await window(f"{address}/verify")
    wrong = [
        "1.5",
        "1e3",
        "01",
        "[1,]",
        "{}x",
        '"\\ud800"',
        '{"a":1,"a":2}',
        "[",
        '"',
        "nul",
        "NaN",
    ]
    refused = await page.evaluate(
        "(texts) => texts.map((text) => { try { reader(text); return false; } catch { return true; } })",
        wrong,
    )
    assert refused == [True] * len(wrong)
