"""The desk on a large ledger: what a page costs the server, how large it is, and fifty readers beside one editor.

usage: bench_desk.py FOLDER [SECONDS]       a workspace such as bench_full.py keeps; how long the readers read

Prints what the server works out when it starts; for each page the CPU milliseconds of the server when it is first
asked for, when a write has just touched the pair, and when it is asked for again, and its size in kilobytes as it
travels; what each costs as of a day that nobody has asked about; then what readers and editor met: the times of
answers, errors, and whether all that the editor decided is there. One page in ten is as of a day of the year before.
The workspace is written to.
"""

import asyncio
import contextlib
import datetime as dt
import gzip
import http.client
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from detente.apps.cli.serve import KEPT_OPEN
from detente.apps.web.access import CLIENT_HEADER, USER_HEADER, Access
from detente.apps.web.app import create_app
from detente.workspace import Workspace

SERVER = "server"
HEADERS = {"Accept-Encoding": "gzip", CLIENT_HEADER: "bench", USER_HEADER: "editor"}
ZIPPED = b"\x1f\x8b"  # how gzip begins
AGAIN = 5  # times that a page is asked for again
IDLE = 0.02  # CPU seconds in a second of a server that does nothing
READERS = 50
EVERY = 5.0  # seconds between two pages of a reader
WRITES_EVERY = 2.0  # seconds between two decisions of the editor
UNDOES_EVERY = 4  # decisions, of which the last takes back the one before
SECONDS = 120.0
OTHER_DAYS = 0.1  # of the pages that are read: as of some day of the year before
YEAR = 365
SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1.0))
QUERY = "?pair=CHN-USA"


def serve(folder: Path) -> None:
    """Serves the workspace; tells its port, and its CPU seconds whenever a line is read."""

    def report() -> None:
        for _ in sys.stdin:
            print(time.process_time(), flush=True)

    app = create_app(Workspace(folder), Access(port=0, behind_proxy=True))
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_keep_alive=KEPT_OPEN)
    sock = config.bind_socket()
    print(sock.getsockname()[1], flush=True)
    threading.Thread(target=report, daemon=True).start()
    uvicorn.Server(config).run(sockets=[sock])


class Served:
    """A desk in a process of its own."""

    def __init__(self, folder: Path) -> None:
        call = [sys.executable, __file__, SERVER, str(folder)]
        self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own
        self.port = int(self._line())

    def _line(self) -> str:
        return self.process.stdout.readline() if self.process.stdout else ""

    def cpu(self) -> float:
        """The CPU seconds that the server has spent."""
        if self.process.stdin:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        return float(self._line())

    def settle(self) -> float:
        """The CPU seconds that the server has spent when it has worked out what it does when it starts."""
        self.ask("/keys")  # it listens
        spent = -IDLE
        while self.cpu() - spent >= IDLE:
            spent = self.cpu()
            time.sleep(1.0)
        return spent

    def ask(self, path: str, body: object = None) -> bytes:
        """The body of an answer, as it travels."""
        text = None if body is None else json.dumps(body)
        headers = HEADERS if body is None else HEADERS | {"Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        for _ in range(600):  # until it listens
            with contextlib.suppress(ConnectionRefusedError):
                connection.connect()
                break
            time.sleep(0.1)
        connection.request("POST" if text else "GET", path, text, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise SystemExit(f"{path}: {answer.status} {data!r}")
        return data

    def tell(self, path: str) -> dict[str, Any]:
        """The JSON of an answer."""
        data = self.ask(path)
        told: dict[str, Any] = json.loads(gzip.decompress(data) if data.startswith(ZIPPED) else data)
        return told

    def close(self) -> None:
        """Ends the server."""
        self.process.terminate()
        self.process.wait(30)


def pages_of(served: Served) -> dict[str, str]:
    """The pages by name: what a reader opens, with an issue, a record, a document and a point that are there."""
    brief = served.tell(f"/api/brief{QUERY}")
    issue = served.tell(f"/api/issues{QUERY}")["issues"][0]["name"]
    point = next(p for p in reversed(served.tell(f"/api/index{QUERY}")["points"]) if p.get("happenings"))
    record = brief["records"][0]
    place = record["evidence"][0]
    return {
        "brief": f"/{QUERY}",
        "changes": f"/changes{QUERY}",
        "issues": f"/issues{QUERY}",
        "issue": f"/issues/{issue}{QUERY}",
        "agenda": f"/agenda{QUERY}",
        "month": f"/agenda{QUERY}&month={brief['as_of'][:7]}",
        "timeline": f"/timeline{QUERY}",
        "timeline, narrowed": f"/timeline{QUERY}&kind=event&voice=reported",
        "index": f"/index{QUERY}",
        "index, a point": f"/index{QUERY}&period={point['first']}&who={point['initiator']}",
        "sources": f"/sources{QUERY}",
        "table of events": f"/tables/events{QUERY}",
        "search": f"/search{QUERY}&q={place['quote'].split()[0]}",
        "documents": f"/documents{QUERY}",
        "document": f"/documents/{place['document'][:12]}{QUERY}",
        "record": f"/records/{record['id'][:12]}{QUERY}",
        "passage": f"/passages/{place['document'][:8]}:{place['start']}-{place['end']}{QUERY}",
        "review": f"/review{QUERY}",
        "decisions": f"/decisions{QUERY}",
        "problems": f"/problems{QUERY}",
    }


def decisions_of(served: Served) -> Iterator[dict[str, object]]:
    """What an editor decides: records of the queue accepted and rejected, those that are no open question."""
    tasks = served.tell(f"/api/review{QUERY}&limit=1000")["tasks"]
    for number, task in enumerate(task for task in tasks if not task["question"]):
        yield {"verb": "reject" if number % 2 else "accept", "words": [task["record"]["id"]]}


def as_of(path: str, newest: dt.date, days: int) -> str:
    """The page as of so many days before the newest."""
    return f"{path}&as_of={newest - dt.timedelta(days=days)}"


def measure(served: Served, pages: dict[str, str], newest: dt.date) -> None:
    """Prints what each page costs."""
    print("page: first, after a write, again (ms CPU of the server); kB", flush=True)
    decisions = decisions_of(served)
    for name, path in pages.items():
        first, size = cost(served, path)
        served.ask("/api/decisions", next(decisions))
        anew, _ = cost(served, path)
        again = statistics.fmean(cost(served, path)[0] for _ in range(AGAIN))
        print(f"{name}: {first:.0f}, {anew:.0f}, {again:.1f}; {size:.1f}", flush=True)
    others = (
        f"{name} {cost(served, as_of(path, newest, YEAR + at))[0]:.0f}" for at, (name, path) in enumerate(pages.items())
    )
    print(f"each as of a day that nobody asked about: {', '.join(others)}", flush=True)


def cost(served: Served, path: str) -> tuple[float, float]:
    """CPU milliseconds and kilobytes of a page."""
    begun = served.cpu()
    body = served.ask(path)
    return 1_000 * (served.cpu() - begun), len(body) / 1_000


@dataclass
class Met:
    """What readers and editor met."""

    seconds: list[tuple[float, str]] = field(default_factory=list)  # of each page, with its name
    errors: list[str] = field(default_factory=list)
    written: list[float] = field(default_factory=list)  # seconds of each decision
    numbers: set[int] = field(default_factory=set)  # of the decisions that were confirmed


Pick = Callable[[random.Random], tuple[str, str]]  # the name and the path of a page


def pick_from(pages: dict[str, str], newest: dt.date) -> Pick:
    """Any of the pages, now and then as of another day."""

    def pick(chance: random.Random) -> tuple[str, str]:
        name, path = chance.choice(list(pages.items()))
        if chance.random() < OTHER_DAYS:
            return f"{name} of another day", as_of(path, newest, chance.randint(1, YEAR))
        return name, path

    return pick


async def read_on(client: httpx.AsyncClient, pick: Pick, until: float, seed: int, met: Met) -> None:
    """A reader: any page every few seconds."""
    chance = random.Random(seed)  # noqa: S311 no secret
    await asyncio.sleep(chance.uniform(0, EVERY))
    while time.monotonic() < until:
        name, path = pick(chance)
        begun = time.monotonic()
        try:
            answer = await client.get(path, headers={USER_HEADER: f"reader {seed}"})
            if answer.status_code != HTTPStatus.OK:
                met.errors.append(f"{path}: {answer.status_code}")
        except httpx.HTTPError as error:
            met.errors.append(f"{path}: {error!r}")
        met.seconds.append((time.monotonic() - begun, name))
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))


async def edit(client: httpx.AsyncClient, decisions: Iterator[dict[str, object]], until: float, met: Met) -> None:
    """The editor: one decision after the other; some are taken back."""
    last = 0
    while time.monotonic() < until:
        is_undoing = last and len(met.written) % UNDOES_EVERY == UNDOES_EVERY - 1
        body = {"verb": "undo", "words": [str(last)]} if is_undoing else next(decisions)
        begun = time.monotonic()
        answer = await client.post("/api/decisions", json=body)
        met.written.append(time.monotonic() - begun)
        if answer.status_code == HTTPStatus.CREATED:
            last = answer.json()["number"]
            met.numbers.add(last)
        else:
            met.errors.append(f"{body}: {answer.status_code}")
        await asyncio.sleep(max(0.0, WRITES_EVERY - (time.monotonic() - begun)))


async def load(served: Served, pick: Pick, seconds: float) -> Met:
    """What fifty readers and an editor meet."""
    met, until = Met(), time.monotonic() + seconds
    address = f"http://127.0.0.1:{served.port}"
    decisions = decisions_of(served)
    async with httpx.AsyncClient(base_url=address, headers=HEADERS, timeout=60) as client:
        readers = [read_on(client, pick, until, number, met) for number in range(READERS)]
        await asyncio.gather(edit(client, decisions, until, met), *readers)
    return met


def tell_load(served: Served, met: Met, cpu: float, seconds: float) -> None:
    """Prints what readers and editor met."""
    times = sorted(found for found, _ in met.seconds)
    told = ", ".join(f"{name} {1_000 * times[int((len(times) - 1) * share)]:.0f} ms" for name, share in SHARES)
    print(
        f"{len(times)} pages in {seconds:.0f} s: {told}; {1_000 * cpu / len(times):.0f} ms CPU a page, writes included"
    )
    print("slowest: " + ", ".join(f"{name} {found:.2f} s" for found, name in sorted(met.seconds)[-5:]))
    median = 1_000 * statistics.median(met.written)
    print(f"{len(met.written)} decisions: {median:.0f} ms, at most {max(met.written):.2f} s")
    print(f"{len(met.errors)} errors", *met.errors[:5], sep="\n")
    kept = {entry["number"] for entry in served.tell("/api/decisions?limit=1000")["decisions"]}
    print(f"{len(met.numbers - kept)} of {len(met.numbers)} confirmed decisions are not there", flush=True)


def main() -> None:
    """Prints the figures."""
    if sys.argv[1:2] == [SERVER]:
        serve(Path(sys.argv[2]))
        return
    served = Served(Path(sys.argv[1]))
    try:
        print(f"ready after {served.settle():.1f} s CPU", flush=True)
        pages = pages_of(served)
        newest = dt.date.fromisoformat(served.tell(f"/api/brief{QUERY}")["as_of"])
        measure(served, pages, newest)
        seconds = float(sys.argv[2]) if sys.argv[2:] else SECONDS
        begun = served.cpu()
        met = asyncio.run(load(served, pick_from(pages, newest), seconds))
        tell_load(served, met, served.cpu() - begun, seconds)
    finally:
        served.close()


if __name__ == "__main__":
    main()
