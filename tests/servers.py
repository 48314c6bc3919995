"""A private PostgreSQL server for tests: its own folder, a Unix socket and a free loopback port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

NAMES = count(1)


def binaries() -> Path | None:
    """The folder of the newest server installed, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


@dataclass(frozen=True)
class Server:
    """A server made by `start`; `folder` holds its data, socket and log."""

    binaries: Path
    folder: Path
    port: int

    def url(self, schema: str = "", more: str = "") -> str:
        """An address over the socket, of a register that no other test uses unless `schema` is given."""
        schema = schema or f"r{next(NAMES)}_{os.getpid()}"
        host = str(self.folder).replace("/", "%2F")
        return f"postgresql://chair@{host}:{self.port}/postgres?schema={schema}{more}"

    def tcp(self, port: int = 0, schema: str = "", user: str = "chair") -> str:
        """An address over loopback, on `port` instead of the server's own."""
        schema = schema or f"r{next(NAMES)}_{os.getpid()}"
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/postgres?schema={schema}"

    def sql(self, statements: str) -> None:
        """Run SQL as the superuser, outside of any store."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), port=self.port, user="chair", dbname="postgres", autocommit=True
        ) as db:
            db.execute(statements)

    def run(self, *options: str) -> None:
        """Start the server with settings such as ``fsync=off``, or again after `stop`."""
        settings = " ".join(f"-c {o}" for o in options)
        self._ctl("start", "-w", "-l", str(self.folder / "log"), "-o", settings or " ")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast``, or ``immediate`` as a crash does."""
        self._ctl("stop", "-w", "-m", mode)

    def kill_backends(self) -> int:
        """Kill -9 every process that serves a client of ours; the server then starts over by itself."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), port=self.port, user="chair", dbname="postgres", autocommit=True
        ) as db:
            asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'travaux'"
            pids = [row[0] for row in db.execute(asked).fetchall()]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(pids)

    def wait(self) -> None:
        """Until it takes connections again after a crash."""
        import psycopg

        for _ in range(300):
            with suppress(psycopg.OperationalError):
                self.sql("SELECT 1")
                return
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill -9 the server itself; its other processes see that and end."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, signal.SIGKILL)

    def again(self) -> None:
        """Start after `kill`, as soon as the last of its processes has let go of the memory they share."""
        for _ in range(100):
            try:
                self.run()
            except subprocess.CalledProcessError:
                time.sleep(0.1)
            else:
                return
        self.run()

    def _ctl(self, action: str, *more: str) -> None:
        as_owner([str(self.binaries / "pg_ctl"), action, "-D", str(self.folder / "data"), *more])


def as_owner(command: Sequence[str]) -> None:
    """Run a command as a user who may run a server: not root."""
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    subprocess.run(
        command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        user=owner.pw_uid if owner else None, group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )  # fmt: skip


def start(found: Path, *options: str) -> Server:
    """A new server with the superuser ``chair``, whom it trusts."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    as_owner(
        [str(found / "initdb"), "-D", str(data), "-U", "chair", "-A", "trust", "-E", "UTF8", "--locale=C",
         "--no-sync", "--no-instructions"]
    )  # fmt: skip
    server = Server(found, folder, port)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(
            f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n"
            "max_connections = 50\nshared_buffers = 32MB\n"
        )
    server.run(*options)
    return server


def remove(server: Server) -> None:
    """Stop it, however it stands, and take its folder away."""
    if (server.folder / "data" / "postmaster.pid").exists():
        server.stop("immediate")
    shutil.rmtree(server.folder, ignore_errors=True)
