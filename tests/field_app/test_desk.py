"""Long text written in a browser of the same device."""

import queue

import httpx
import pytest

from field_app.desk import Desk
from field_app.writing import LONG

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
    assert desk.take("甲")
    assert not desk.take("乙")
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


def test_more_than_the_field_holds_is_not_taken(desk, saved):
    assert httpx.post(desk.url, data={"text": "字" * (LONG + 1)}).status_code == 409
    assert httpx.post(desk.url, data={"text": "字" * LONG}).status_code == 200
    assert len(saved.get(timeout=5)) == LONG


def test_it_listens_on_this_device_alone(desk):
    assert desk.url.startswith("http://127.0.0.1:")
