"""`make demo` is killed at any moment and started again: it never breaks, and ends with 0."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _demo(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.demo", "--once"],
        cwd=ROOT,
        env={**os.environ, "ZHIFA_DATA": str(data), "ZHIFA_PORT": "0", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("after", [(1.5, 4.0, 7.0)])
def test_a_demo_that_is_killed_can_be_started_again(tmp_path, after):
    data = tmp_path / "var"
    for seconds in after:
        demo = _demo(data)
        time.sleep(seconds)
        demo.send_signal(signal.SIGKILL)
        demo.communicate()
    last = _demo(data)
    told, _ = last.communicate(timeout=300)
    try:
        assert last.returncode == 0, told[-3000:]
        assert "去看看" in told
        assert sorted(path.name for path in (data / "demo").glob("day-*")) == ["day-01"]
    finally:
        subprocess.run(
            [sys.executable, "-m", "deploy.clean"], cwd=ROOT, check=False,
            env={**os.environ, "ZHIFA_DATA": str(data), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
