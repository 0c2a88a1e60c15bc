"""Long text written in a browser of the same device."""

import queue

import httpx
import pytest

from field_app.desk import Desk
from field_app.writing import FORM, LONG

TEXT = "询问：你单位何时停产？\n回答：六月二十日。<b>&"


@pytest.fixture
def saved():
    return queue.Queue()


@pytest.fixture
def desk(saved):
    made = Desk("询问笔录", TEXT, saved.put)
    yield made
    made.close()


def test_the_page_shows_what_the_field_holds_and_nothing_runs_in_it(desk):
    answer = httpx.get(desk.url)
    assert "询问笔录" in answer.text
    assert "六月二十日。&lt;b&gt;&amp;" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_saved_comes_back_with_its_lines_and_the_page_is_gone(desk, saved):
    answer = httpx.post(desk.url, data={"text": "第一行\r\n第二行，生僻字：㙍𠮷"})
    assert answer.status_code == 200
    assert saved.get(timeout=5) == "第一行\n第二行，生僻字：㙍𠮷"
    assert desk.gone.wait(5)
    with pytest.raises(httpx.HTTPError):
        httpx.get(desk.url, timeout=1)


def test_it_is_saved_once(desk, saved):
    assert desk.take("甲") == (200, "")
    assert desk.take("乙") == (409, "这一页已经保存过，要改的请回到移动执法。")
    assert [saved.get(timeout=5), saved.empty()] == ["甲", True]


@pytest.mark.parametrize("path", ["/", "/x", "/%2e%2e/"])
def test_who_does_not_know_the_path_finds_nothing(desk, saved, path):
    base = desk.url.rpartition("/")[0]
    assert httpx.get(base + path).status_code == 404
    assert httpx.post(base + path, data={"text": "x"}).status_code == 404
    assert saved.empty()


def test_another_sites_page_cannot_write_here(desk, saved):
    answer = httpx.post(desk.url, data={"text": "x"}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 400
    answer = httpx.post(desk.url, data={"text": "x"}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert saved.empty()


def test_more_than_the_field_holds_is_shown_again_with_the_reason(desk, saved):
    long = "字" * (LONG + 1)
    answer = httpx.post(desk.url, data={"text": long})
    assert answer.status_code == 422
    assert f"没有保存：最多 {LONG} 字，现有 {LONG + 1} 字" in answer.text
    assert long in answer.text
    assert httpx.post(desk.url, data={"text": "字" * LONG}).status_code == 200
    assert len(saved.get(timeout=5)) == LONG


def test_a_form_takes_more_than_a_remark(saved):
    desk = Desk("询问笔录", "", saved.put, FORM)
    assert httpx.post(desk.url, data={"text": "字" * (LONG + 1)}).status_code == 200
    assert len(saved.get(timeout=5)) == LONG + 1


def test_what_cannot_be_kept_is_not_called_saved_and_can_be_saved_later(saved):
    full = [OSError("no space left on device")]

    def keep(text):
        if full:
            raise full.pop()
        saved.put(text)

    desk = Desk("询问笔录", "", keep)
    answer = httpx.post(desk.url, data={"text": "第一行\n第二行"})
    assert answer.status_code == 507
    assert "没有保存：本机存储写不进去" in answer.text
    assert "第一行\n第二行" in answer.text
    assert "已保存" not in answer.text
    assert httpx.post(desk.url, data={"text": "第一行"}).status_code == 200
    assert saved.get(timeout=5) == "第一行"


def test_it_listens_on_this_device_alone(desk):
    assert desk.url.startswith("http://127.0.0.1:")
