"""The check list in its window: evidence of every kind, articles looked up, little typing."""

import urllib.parse
import urllib.request
import webbrowser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from field_app.actions.answer_item import answer_item
from tests.examples import jpeg
from tests.field_app.screens.prepared import begun

pytestmark = pytest.mark.display
FILM = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(range(256)) * 20
VOICE = b"ID3\x04 what the foreman said"


@pytest.fixture
def capturing(monkeypatch, tmp_path):
    """A device that takes pictures, films and records."""
    for name, data in (("CAMERA", jpeg(640, 480)), ("VIDEO", FILM), ("SOUND", VOICE)):
        place = tmp_path / name
        place.write_bytes(data)
        monkeypatch.setenv(f"ZHIFA_{name}", str(place))


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system to be opened."""
    urls: list[str] = []

    def opens(url):
        urls.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", opens)
    return urls


async def at_list(hands, inspection):
    """The list, once it has been scrolled to its top."""
    hands.app.go("checklist", inspection_id=inspection)
    await hands.settle()
    return hands.app.page


async def test_photo_film_and_voice_are_kept_with_the_item_and_seen_with_a_stamp(
    store, hands_on, capturing, opened
):
    inspection = begun(store)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        await hands.press("拍照取证")
        await hands.until(lambda: len(store.inspections.photos(inspection)) == 1)
        await hands.press("录像")
        await hands.until(lambda: len(store.inspections.photos(inspection)) == 2)
        await hands.press("录音")
        assert page.recording
        await hands.press("停止录音")
        kept = store.inspections.photos(inspection)
        assert [one.media_type for one in kept] == ["image/jpeg", "video/mp4", "audio/mpeg"]
        assert {one.check_item for one in kept} == {"G01"}
        assert page.photo_text == "照片 1　录音 1　录像 1"

        await hands.press("查看证据")
        assert page.above.action == "播放"
        await hands.press("播放")
        lent = Path(urllib.request.url2pathname(urllib.parse.urlsplit(opened[0]).path))
        assert lent.read_bytes() == VOICE
        await hands.press("照片　")
        assert page.above.texture.width == 640
        assert page.above.texture.height > 480
        page.above.ids.caption.text = "一号炉操作台"
        await hands.press("返回")
        assert store.inspections.photos(inspection)[0].caption == "一号炉操作台"
        original = store.files.read(kept[0].path)
        assert original == jpeg(640, 480)
        with Image.open(BytesIO(original)) as picture:
            assert picture.size == (640, 480)
    store.files.take_back()
    assert not lent.exists()


async def test_what_was_seen_leads_to_the_item_its_article_and_its_words(store, hands_on):
    inspection = begun(store)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        await hands.press("记问题")
        await hands.key("2")
        assert not store.inspections.answers(inspection)
        page.above.ids.words.text = "警示标志"
        found = page.above.ids.found
        await hands.until(lambda: any(hasattr(one, "title") for one in found.children))
        line = found.children[-1]
        assert "警示标志" in line.title
        assert line.detail.startswith("依据：")
        await hands.press(line.title)
        assert page.above is None
        code = line.title.partition("　")[0]
        assert page.code == code
        assert store.inspections.answers(inspection)[code].answer == "not_met"
        assert "警示标志" in page.ids.description.text
        await hands.key("f")
        await hands.key("escape")
        assert page.above is None
        assert hands.app.screens.current == "checklist"


async def test_a_remark_is_chosen_instead_of_typed(store, hands_on):
    inspection = begun(store)
    answer_item(store, inspection, "G01", "met")
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        page.turn_to("G01")
        await hands.settle()
        for words in ("当场已改正", "查阅资料齐全"):
            await hands.press("常用备注")
            await hands.press(words)
        assert store.inspections.answers(inspection)["G01"].remark == "当场已改正；查阅资料齐全"


async def test_long_text_written_in_a_browser_comes_back_to_its_item(store, hands_on, opened):
    inspection = begun(store)
    answer_item(store, inspection, "G01", "not_met")
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        page.turn_to("G01")
        await hands.settle()
        await hands.press("字多时")
        form = urllib.parse.urlencode({"text": "三号炉冷却水流量为零，班长不能说明原因"}).encode()
        page.turn_to("G02")
        urllib.request.urlopen(opened[0], form, timeout=20).read()
        await hands.until(lambda: page.code == "G01")
        said = store.inspections.answers(inspection)["G01"].description
        assert said == "三号炉冷却水流量为零，班长不能说明原因"


async def test_a_major_hazard_that_nobody_can_see_is_warned_of_once_and_refuses_nothing(
    store, hands_on, capturing
):
    inspection = begun(store)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, inspection, item.code, "met")
    answer_item(store, inspection, "G04", "not_met", major=True)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        await hands.press("结束检查")
        assert "G04 记为重大事故隐患" in page.ids.banner.title
        assert page.code == "G04"
        assert store.inspections.one(inspection).ended_at is None
        await hands.press("结束检查")
        assert store.inspections.one(inspection).ended_at
        assert hands.app.screens.current == "document"


async def test_leaving_the_list_keeps_what_is_being_recorded(store, hands_on, capturing):
    inspection = begun(store)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        await hands.press("录音")
        page.turn_to("G02")
        await hands.key("escape")
        assert hands.app.screens.current == "today"
        (kept,) = store.inspections.photos(inspection)
        assert (kept.media_type, kept.check_item) == ("audio/mpeg", "G01")
        assert not page.recording
