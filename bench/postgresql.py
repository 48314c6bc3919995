"""The PostgreSQL store against the bare server in the same run: durable appends, by one client and by four.

Bare is BEGIN, INSERT of a row of the same size, COMMIT over the same driver and socket. Blocks of both take
turns, so that a busy machine weighs on both. Without a server's binaries there are no rows.
``TRAVAUX_BENCH_APPENDS`` sets how many acts are appended (2,000).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from tests.servers import Server, binaries, remove, start

from bench.record import APPENDS, HOST, ROOT, WORDS, acts, founded, key, must
from bench.row import Row
from travaux.record.entry import build, sign
from travaux.record.keys import KeyPair, to_base64
from travaux.record.log import Log

BLOCK = 100
CLIENTS = 4
SECONDS = 4.0


def bare_block(server: Server, first: int) -> float:
    """Commits per second of the driver alone."""
    import psycopg

    data = os.urandom(560)
    with psycopg.connect(
        host=str(server.folder), port=server.port, user="chair", dbname="postgres", autocommit=True
    ) as db:
        begun = time.perf_counter()
        for nth in range(first, first + BLOCK):
            db.execute("BEGIN")
            db.execute("INSERT INTO bare VALUES (%s, %s)", (nth, data))
            db.execute("COMMIT")
        return BLOCK / (time.perf_counter() - begun)


def one_client(server: Server) -> Row:
    server.sql("CREATE TABLE bare (k bigint PRIMARY KEY, data bytea)")
    ours, bare, ratios = [], [], []
    with founded(server.url()) as log:
        prepared = list(acts(log, APPENDS))
        for first in range(0, APPENDS, BLOCK):
            before = bare_block(server, 2 * first)
            begun = time.perf_counter()
            for data in prepared[first : first + BLOCK]:
                must(log.append(data, HOST))
            ours.append(BLOCK / (time.perf_counter() - begun))
            bare.append((before + bare_block(server, 2 * first + BLOCK)) / 2)
            ratios.append(ours[-1] / bare[-1])
    ratio = median(ratios)
    name = "PostgreSQL: durable append with receipt, one act a commit / bare commit"
    return Row(name, median(ours), median(bare), ratio, "≥ 0.25", "1/s", ratio >= 0.25)


def four_clients(server: Server) -> Row:
    """Acts per second of four processes at once beside one, each an author of its own."""
    rates = []
    for many in (1, CLIENTS, 1, CLIENTS, 1, CLIENTS):
        url = server.url()
        shared(url)
        children = [
            subprocess.Popen(
                [sys.executable, "-m", "bench.postgresql", url, str(nth)],
                stdout=subprocess.PIPE, stdin=subprocess.PIPE, cwd=Path(__file__).parents[1], text=True,
            )
            for nth in range(many)
        ]  # fmt: skip
        for child in children:
            assert child.stdout is not None
            child.stdout.readline()
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        rates.append(sum(int(child.communicate()[0]) for child in children) / SECONDS)
    alone, together = median(rates[::2]), median(rates[1::2])
    ratio = together / alone
    return Row("PostgreSQL: the same by 4 clients at once / by one", together, alone, ratio, "≥ 1", "1/s",
               ratio >= 1)  # fmt: skip


def client(url: str, nth: int) -> None:
    """Append for some seconds and say how many acts were recorded."""
    with must(Log.open(url, write=True, wait=30.0)) as log:
        prepared = authored(nth, log.register, (log.size, to_base64(log.root)))
        print("ready", flush=True)
        sys.stdin.readline()
        until, done = time.perf_counter() + SECONDS, 0
        while time.perf_counter() < until:
            must(log.append(next(prepared), HOST))
            done += 1
        print(done)


def hands() -> list[KeyPair]:
    """The keys that the clients act with."""
    return [key(f"arvia.example/delegation-{nth + 2}") for nth in range(CLIENTS)]


def shared(url: str) -> None:
    """A register in which every client has a key of its own."""
    with founded(url) as log:
        keys = [{"vkey": str(k.vkey), "role": "delegation", "kinds": ["*"]} for k in hands()]
        names = [k.vkey.name for k in hands()]
        draft = must(log.draft("accredit", {"keys": keys}, ROOT.vkey.name, with_=names))
        must(log.append(must(sign(draft, [ROOT, *hands()])), HOST))


def authored(nth: int, register: str | None, seen: tuple[int, str]) -> Iterator[bytes]:
    """Acts of the client `nth`, each behind the one before."""
    hand, before = hands()[nth], None
    for n in count():
        body = {"lang": "en", "on": "2026-11-24", "text": f"{n}. {WORDS}", "unit": f"art-{n % 97}"}
        prev = before.id if before else None
        before = must(build("propose", body, by=hand.vkey.name, n=n, prev=prev, register=register, seen=seen))
        yield must(sign(before, [hand]))


def rows() -> list[Row]:
    """The rows of the PostgreSQL store."""
    found = binaries()
    if found is None:
        return []
    server = start(found)
    try:
        return [one_client(server), four_clients(server)]
    finally:
        remove(server)


if __name__ == "__main__":
    client(sys.argv[1], int(sys.argv[2]))
