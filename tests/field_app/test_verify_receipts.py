"""`verify_receipts`: the proof that an auditor makes alone; any byte that changed is found."""

import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from field_app.moments import now
from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.receipts import keys_of
from field_app.retention import tidy
from field_app.verify_receipts import main
from lawbook.journal import spelled
from services.kit.receipts import Signer
from tests.field_app.tablet import PASSWORD, USER, file_receipt_of, locked, receipt_of
from tests.kit.test_claims import other_pair

AT = "2026-06-23T01:05:00Z"
ROOT = Path(__file__).parents[2]
LETTERS, RECEIPTED = 5, 3


@pytest.fixture
def journal(store):
    """A store of five letters, three of them receipted, the first emptied by retention."""
    for number in range(LETTERS):
        body = {"id": str(number), "place": f"熔炼车间\x1f{number}", "量": [1.5, None, True]}
        store.outbox.write(f"inspection:{number % 3}", "inspection.record", body, AT)
    for one in store.outbox.letters()[:RECEIPTED]:
        at = "2026-01-01T00:00:00Z" if one.seq == 1 else AT
        store.outbox.sent(one.id, receipt_of(store, one, at))
    assert tidy(store, now()) == 1
    return store


@pytest.fixture
def data(journal):
    return b"".join(exported(journal))


@pytest.fixture
def keys(journal):
    return receipt_keys(journal)


def keys_file(folder, keys):
    path = folder / "keys.json"
    items = [{"key": k, "algorithm": "Ed25519", "public_key": v} for k, v in keys.items()]
    path.write_text(json.dumps({"items": items}))
    return path


def test_a_whole_journal_is_proved(data, keys):
    found = checked(data, keys)
    assert found.said() == "5 封信件中 3 封有回执，链完整"
    assert found.faults == []


@pytest.fixture
def with_files(journal):
    """The same journal, and two of three files at the office."""
    for number in range(3):
        sha256 = f"{number}" * 64
        journal.outbox.add_upload(sha256, f"{number}.jpg", 9, "image/jpeg", AT)
        if number:
            journal.outbox.upload_done(sha256, file_receipt_of(journal, sha256, 9))
    return b"".join(exported(journal))


def test_files_that_the_office_has_are_proved_by_their_receipts(with_files, keys):
    found = checked(with_files, keys)
    assert found.said() == "5 封信件中 3 封有回执，链完整\n2 个文件有回执"


def test_any_byte_of_a_file_s_receipt_that_is_flipped_is_found(with_files, data, keys):
    chance = random.Random(3)
    for position in range(data.rindex(b'{"end"'), len(with_files)):
        spoilt = bytearray(with_files)
        spoilt[position] ^= 1 << chance.randrange(8)
        assert checked(bytes(spoilt), keys).faults, position


def test_a_file_s_receipt_that_is_left_out_or_doubled_is_found(with_files, keys):
    lines = with_files.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(b'{"file"'))
    assert checked(b"".join(lines[:at] + lines[at + 1 :]), keys).faults
    assert checked(b"".join(lines[: at + 1] + lines[at:]), keys).faults


def test_a_file_s_receipt_by_another_key_is_no_proof(with_files, keys):
    assert len(checked(with_files, {}).faults) == 2 + RECEIPTED


def test_any_byte_that_is_flipped_is_found_and_its_letter_named(data, keys):
    """Every position, one bit each: among them every field, every quote, every end of a line."""
    chance = random.Random(1)
    for position in range(len(data)):
        spoilt = bytearray(data)
        spoilt[position] ^= 1 << chance.randrange(8)
        found = checked(bytes(spoilt), keys)
        assert found.faults, (position, data[max(0, position - 30) : position + 30])
        number = min(data.count(b"\n", 0, position) + 1, LETTERS)
        assert any(f"第 {number} 封" in fault for fault in found.faults), (position, found.faults)


def test_any_byte_that_is_lost_or_added_is_found(data, keys):
    chance = random.Random(2)
    for position in chance.sample(range(len(data)), 400):
        assert checked(data[:position] + data[position + 1 :], keys).faults, position
        added = bytes([chance.randrange(256)])
        assert checked(data[:position] + added + data[position:], keys).faults, position


def test_a_letter_left_out_doubled_or_moved_is_found(data, keys):
    lines = data.splitlines(keepends=True)
    for number in range(LETTERS):
        without = lines[:number] + lines[number + 1 :]
        assert checked(b"".join(without), keys).faults
        assert checked(b"".join([*lines[: number + 1], *lines[number:]]), keys).faults
        if number:
            moved = [*lines]
            moved[number], moved[number - 1] = lines[number - 1], lines[number]
            assert checked(b"".join(moved), keys).faults
    for end in range(len(lines)):
        assert checked(b"".join(lines[:end]), keys).faults


@pytest.mark.parametrize(
    "changes",
    [
        {"body": {"id": "another"}}, {"subject": "x"}, {"seq": 40}, {"seq": "7"},
        {"device": "x"}, {"device": []}, {"receipt": {}}, {"receipt": "x"}, {"receipt": [1]},
        {"id": None}, {"sha256": None}, {"extra": 1},
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [2, 5])
def test_whatever_is_put_into_a_line_in_the_right_spelling_is_found(data, keys, changes, number):
    lines = data.splitlines(keepends=True)
    lines[number - 1] = spelled(json.loads(lines[number - 1]) | changes) + b"\n"
    faults = checked(b"".join(lines), keys).faults
    assert any(f"第 {number} 封" in fault for fault in faults)


@pytest.mark.parametrize(
    "name", ["letter", "device", "seq", "link", "sha256", "received_at", "state"]
)
def test_a_receipt_that_says_anything_else_is_found(data, keys, name):
    lines = data.splitlines(keepends=True)
    line = json.loads(lines[2])
    line["receipt"][name] = 77 if name == "seq" else "x"
    lines[2] = spelled(line) + b"\n"
    (fault,) = checked(b"".join(lines), keys).faults
    assert "第 3 封" in fault
    assert "回执" in fault


def test_a_receipt_of_another_letter_is_found(data, keys):
    lines = data.splitlines(keepends=True)
    second, third = json.loads(lines[1]), json.loads(lines[2])
    lines[2] = spelled(third | {"receipt": second["receipt"]}) + b"\n"
    assert "第 3 封" in checked(b"".join(lines), keys).faults[0]


def test_a_body_that_is_gone_without_a_receipt_is_found(data, keys):
    lines = data.splitlines(keepends=True)
    lines[3] = spelled(json.loads(lines[3]) | {"body": None}) + b"\n"
    assert "第 4 封" in checked(b"".join(lines), keys).faults[0]


def test_receipts_are_proved_by_the_office_s_key_and_no_other(data):
    stranger = Signer(other_pair()[0]).public_keys
    assert len(checked(data, stranger).faults) == RECEIPTED


def test_a_key_that_goes_by_another_s_name_is_left_out(keys):
    ((name, _),) = keys.items()
    stranger = next(iter(Signer(other_pair()[0]).public_keys.values()))
    assert keys_of([{"key": name, "public_key": stranger}]) == {}
    assert keys_of([{"key": name}, 7, {"key": name, "public_key": "é"}]) == {}


def test_a_receipt_of_before_signatures_is_told_apart(store):
    store.outbox.write("a", "inspection.record", {"id": "1"}, AT)
    (one,) = store.outbox.letters()
    receipt = {"letter": one.id, "sha256": one.sha256, "received_at": AT, "state": "applied"}
    store.outbox.sent(one.id, receipt)
    found = checked(b"".join(exported(store)), {})
    assert (found.receipted, found.older, found.faults) == (0, 1, [])
    assert "旧版" in found.said()


# --- the command


def test_the_command_proves_a_folder_and_exports_it(journal, tmp_path, capsys, monkeypatch):
    out, root = tmp_path / "journal.ndjson", tmp_path / "vault"
    journal = locked(journal, root)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main([str(root), "--account", USER, "--export", str(out)]) == 0
    assert capsys.readouterr().out == "5 封信件中 3 封有回执，链完整\n"
    assert out.read_bytes() == b"".join(exported(journal))
    journal.close()


def test_the_command_proves_an_export_by_a_file_of_keys(journal, keys, data, tmp_path):
    out, of_keys = tmp_path / "journal.ndjson", keys_file(tmp_path, keys)
    for content, code in ((data, 0), (data.replace(b"inspection:1", b"inspection:2", 1), 1)):
        out.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "field_app.verify_receipts", out, "--keys", of_keys],
            cwd=ROOT, capture_output=True, check=False,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert ("链完整" in done.stdout.decode()) == (code == 0)
    assert "第 2 封" in done.stdout.decode()


def test_the_command_says_what_it_cannot_look_at(journal, data, tmp_path, capsys, monkeypatch):
    out = tmp_path / "journal.ndjson"
    out.write_bytes(data)
    assert main([str(out)]) == 2
    assert "--keys" in capsys.readouterr().err
    assert main([str(tmp_path / "nowhere")]) == 2
    assert not (tmp_path / "nowhere").exists()
    out.write_text("no keys")
    assert main([str(tmp_path), "--keys", str(out)]) == 2
    locked(journal, tmp_path / "vault").close()
    capsys.readouterr()
    assert main([str(tmp_path / "vault")]) == 2
    assert "--account" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("another\n"))
    assert main([str(tmp_path / "vault"), "--account", USER]) == 2
    assert "密码" in capsys.readouterr().err


def test_an_empty_journal_is_whole(store):
    data = b"".join(exported(store))
    assert checked(data, {}).said() == "0 封信件中 0 封有回执，链完整"
    assert checked(b"", {}).faults
    assert checked(data[:-1], {}).faults
    assert checked(b"\xff" + data, {}).faults
