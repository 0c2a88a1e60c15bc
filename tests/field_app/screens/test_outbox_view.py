"""What the outbox shows."""

from field_app.delivery import VIDEO_UNMETERED
from field_app.screens.outbox.view import view
from tests.field_app.tablet import receipt_of

AT = "2026-06-23T01:05:00Z"
PROBLEM = {
    "code": "x", "title": "检查人员少于两人", "detail": "仅有 1 名", "law": "行政处罚法 §42",
    "next_step": "增加执法人员",
}  # fmt: skip


def written(store, kind="inspection.record", **body):
    return store.outbox.write("inspection:a", kind, {"id": "a"} | body, AT)


def letter(store, letter_id):
    return next(one for one in store.outbox.letters() if one.id == letter_id)


def test_an_empty_outbox_says_what_will_come(store):
    assert "空的" in view(store).empty


def test_a_letter_counts_as_delivered_only_with_its_receipt(store):
    one = written(store)
    (line,) = view(store).lines
    assert (line.state, line.detail) == ("待发", "6月23日 09:05 写成")
    store.outbox.sent(one, receipt_of(store, letter(store, one)))
    (line,) = view(store).lines
    assert line.state == "已送达"
    assert line.detail.endswith("6月23日 09:05 服务器签收")
    assert view(store).unsent == 0


def test_how_many_have_a_receipt_is_said_in_a_line(store):
    assert view(store).custody == ""
    first = written(store)
    written(store)
    store.outbox.sent(first, receipt_of(store, letter(store, first)))
    assert view(store).custody == "2 封中 1 封有服务器回执，信件日志完整"


def test_a_broken_journal_is_said_and_what_not_to_do(store):
    written(store)
    second = written(store)
    store.db.conn.execute("drop trigger letter_is_as_written")
    store.db.conn.execute("update letter set subject = 'x' where id = ?", (second,))
    shown = view(store)
    assert shown.custody_tone == "bad"
    assert "第 2 封" in shown.custody
    assert "请勿清除" in shown.custody


def test_a_refused_letter_gives_the_reason_the_article_and_the_next_step(store):
    one = written(store)
    store.outbox.refused(letter(store, one), PROBLEM, None)
    (line,) = view(store).lines
    assert line.told == [
        "检查人员少于两人", "仅有 1 名", "依据：行政处罚法 §42", "下一步：增加执法人员",
    ]  # fmt: skip
    assert line.again


def test_letters_held_behind_a_refused_one_say_so_and_stand_after_it(store):
    one = written(store)
    later = written(store, "document.issue", number="（津）应急责改〔2026〕1号")
    store.outbox.refused(letter(store, one), PROBLEM, None)
    lines = view(store).lines
    assert [line.state for line in lines] == ["被退回", "暂缓"]
    assert lines[1].letter_id == later
    assert "退回" in lines[1].told[0]
    assert lines[1].title == "执法文书：（津）应急责改〔2026〕1号"


def test_a_letter_sent_again_takes_the_old_ones_place(store):
    one = written(store)
    store.outbox.refused(letter(store, one), PROBLEM, None)
    fresh = store.outbox.send_again(one, AT)
    assert [line.letter_id for line in view(store).lines] == [fresh]


def test_what_waits_is_all_counted_though_not_all_is_listed(store):
    for _ in range(40):
        written(store)
    shown = view(store)
    assert len(shown.lines) == 30
    assert shown.more == "还有 10 封未列出"
    assert "待发 40" in shown.summary


def test_files_are_shown_with_their_percent(store):
    store.outbox.add_upload("a" * 64, "files/a.jpg", 2_000_000, "image/jpeg", AT)
    store.outbox.upload_at("a" * 64, "/v1/files/1", 500_000)
    (file,) = view(store).files
    assert (file.title, file.detail, file.part) == ("照片　2.0 MB", "已传 25%", 0.25)


def test_whether_film_waits_is_asked_once_there_is_film(store):
    store.outbox.add_upload("a" * 64, "files/a.jpg", 2_000_000, "image/jpeg", AT)
    assert view(store).video_waits is None
    store.outbox.add_upload("b" * 64, "files/b.mp4", 90_000_000, "video/mp4", AT)
    assert view(store).video_waits is False
    store.set(VIDEO_UNMETERED, True)
    store.outbox.upload_done("b" * 64, {})
    assert view(store).video_waits is True


def test_a_refused_file_can_be_tried_again(store):
    store.outbox.add_upload("a" * 64, "files/a.pdf", 46_000, "application/pdf", AT)
    store.outbox.upload_refused("a" * 64, {"code": "x", "title": "文件缺失"})
    (file,) = view(store).files
    assert (file.detail, file.again) == ("文件缺失", True)


def test_a_file_that_has_arrived_is_only_counted(store):
    store.outbox.add_upload("a" * 64, "files/a.pdf", 46_000, "application/pdf", AT)
    store.outbox.upload_done("a" * 64, {})
    shown = view(store)
    assert shown.files == []
    assert "文件待传 0、已传 1" in shown.summary
