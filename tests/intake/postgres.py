"""A PostgreSQL server of the tests' own: on this machine's loopback, in a folder of its own, stopped at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

PASSWORD = "t0p:secret@word"
"""Of the superuser; a password that must be quoted in a URL."""


@dataclass(frozen=True)
class Server:
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://auditor:${{PG_PASSWORD}}@127.0.0.1:{self.port}/postgres"

    def execute(self, *statements: str) -> None:
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="auditor", password=PASSWORD, dbname="postgres", autocommit=True
        )


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return versions[-1].parent if versions else None


def account() -> dict[str, Any]:
    """Whom the server runs as: it refuses to run as root."""
    if os.getuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server and stop it; skips the test where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    whom = account()
    home = Path(tempfile.mkdtemp(prefix="auditor-postgres-"))
    if whom:
        shutil.chown(home, "postgres", "postgres")
    try:
        port = _initialise(folder, home, whom)
        command = [folder / "postgres", "-D", home / "data", "-p", str(port), "-k", "", "-c", "fsync=off"]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "timezone=America/New_York"]
        with (
            (home / "log").open("wb") as log,
            subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **whom) as one,
        ):
            try:
                yield _ready(Server(port), one, home / "log")
            finally:
                one.send_signal(signal.SIGINT)
                one.wait(60)
    finally:
        shutil.rmtree(home)


def _initialise(folder: Path, home: Path, whom: dict[str, Any]) -> int:
    password = home / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    command = [folder / "initdb", "-D", home / "data", "-U", "auditor", "-A", "scram-sha-256", "--pwfile", password]
    command += ["-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, cwd=home, **whom)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(server: Server, process: subprocess.Popen[bytes], log: Path) -> Server:
    for _ in range(300):
        try:
            server.connect().close()
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return server
    raise AssertionError(log.read_text())
