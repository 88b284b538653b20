"""What an archive costs: coding everything, scanning for one pair, watching one pair, and the same for web pages.

usage: bench_archive.py [RUNS]      RUNS: 7 runs of each by default, in alternation; the median is printed

The general archive is the running text of the treebanks that lie beside the project (blogs, mails, reviews, interviews,
encyclopedia, fiction), with the 40 real articles among them: one text in thirty is on foreign affairs. CPU seconds of
this process. Web pages are the same texts in a page of menus, teasers and scripts, as news sites make them.
"""

import functools
import gzip
import html
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
import trafilatura

from detente.adapters.readers import read_stream
from detente.adapters.readers.warc import find_pages
from detente.cleaning import Draft, clean_draft
from detente.codebook.files import data_file
from detente.flow import code_documents
from detente.intake import take_in
from detente.kit import Kit, build_kit
from detente.parcel import Details
from detente.parsing.pipeline import blank_outside
from detente.passages import split_passages
from detente.records import Document
from detente.screening import build_screen
from detente.settings import Scope, Watch

SHARED = Path(__file__).resolve().parents[2] / "shared"
TREEBANKS = ("treebank/ewt/en_ewt-ud-{part}.conllu.gz", "treebank/gum_open/gum_open-{part}.conllu.gz")
PAIRS = (("USA", "CHN"),)
WATCHED = (("USA", "CHN"), ("IND", "PAK"), ("RUS", "UKR"))  # the pair of most articles, and two that few texts name
RUNS = 7
CODED = 200  # texts of the archive that are coded in each run
BATCHES = (4, 8, 16, 32)  # documents that the bare pipeline may take at a time
PIECE = 1 << 20  # bytes
MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("world", "us", "china", "sport", "style") * 8
)
TEASER = (
    '<div class="teaser"><a href="/{0}"><h3>Story number {0} of the day</h3></a><p>Read more about it here.</p></div>'
)
SCRIPT = "<script>" + "window.dataLayer=window.dataLayer||[];function track(e){dataLayer.push(e)};" * 60 + "</script>"


def treebank_texts() -> Iterator[str]:
    """The documents of the treebanks as running text."""
    for pattern, part in itertools.product(TREEBANKS, ("train", "dev", "test")):
        document: list[str] = []
        with gzip.open(SHARED / pattern.format(part=part), "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(("# newdoc", "# newpar")) and document:
                    document.append("\n\n")
                if line.startswith("# newdoc") and document:
                    yield "".join(document).strip()
                    document = []
                elif line.startswith("# text = "):
                    document.append(line.removeprefix("# text = ").strip() + " ")
        yield "".join(document).strip()


def articles() -> list[str]:
    """The real articles."""
    return [json.loads(line)["text"] for line in (SHARED / "dev/news.jsonl").read_text("utf-8").splitlines()]


def archive() -> list[str]:
    """Every text, the articles spread among the others."""
    others = [text for text in treebank_texts() if any(char.isalpha() for char in text)]
    news = articles()
    step = len(others) // len(news)
    for at, article in enumerate(news):
        others.insert(at * (step + 1), article)
    return others


def page(text: str, number: int) -> bytes:
    """A web page around a text."""
    story = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    teasers = "".join(TEASER.format(number + at) for at in range(30))
    return (
        f"<!doctype html><html><head><title>Text {number}</title>{SCRIPT}</head><body><nav><ul>{MENU}</ul></nav>"
        f"<main><article><h1>Text {number}</h1>{story}</article></main><aside>{teasers}</aside>{SCRIPT}"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    ).encode()


def spent(work: Callable[[], Any]) -> float:
    """CPU seconds of doing it once."""
    at = time.process_time()
    work()
    return time.process_time() - at


def alternate(runs: int, *works: Callable[[], Any]) -> list[float]:
    """The median CPU seconds of each, done in turns."""
    found = [[spent(work) for work in works] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*found, strict=True)]


def exhaust(items: Iterable[Any]) -> int:
    """How many there were."""
    return sum(1 for _ in items)


def documents_of(texts: list[str]) -> list[Document]:
    """The texts cleaned; those that are refused are left out."""
    drafts = (Draft(text=text, path=f"{number}.txt") for number, text in enumerate(texts))
    return [document for draft in drafts if (document := clean_draft(draft)[0]) is not None]


def measure_coding(texts: list[str], kit: Kit, runs: int, name: str) -> None:
    """Prints words a CPU second of spaCy's bare pipeline, with the batches that suit it best, and of coding."""
    documents = documents_of(texts)
    blanked = [blank_outside(document.text, split_passages(document)) for document in documents]
    words = sum(len(document.text.split()) for document in documents)
    nlp = spacy.load(str(data_file("pipelines/en")))  # ours looks at each word once: that is part of coding

    def parse(batch: int) -> int:
        return exhaust(nlp.pipe(blanked, batch_size=batch))

    parse(BATCHES[0])  # the first sight of a word costs more
    best = min(BATCHES, key=lambda batch: spent(lambda: parse(batch)))
    bare, coded = alternate(
        runs, lambda: parse(best), lambda: exhaust(code_documents(documents, kit, Watch(pairs=PAIRS)))
    )
    print(
        f"{name}, {len(documents)} documents: pipeline alone {words / bare:,.0f} words a second (batches of {best}), "
        f"coding {words / coded:,.0f}: {bare / coded:.2f} of it",
        flush=True,
    )


def measure_scan(texts: list[str], runs: int) -> None:
    """Prints the speed of looking for a pair, against unpacking the same bytes."""
    pieces = [text.encode() for text in texts]
    packed = gzip.compress(b"".join(pieces))
    screen = build_screen(PAIRS)
    unpacking, scanning = alternate(
        runs, lambda: gzip.decompress(packed), lambda: exhaust(screen.bears_bytes(piece) for piece in pieces)
    )
    speeds = [sum(map(len, pieces)) / 1e6 / seconds for seconds in (unpacking, scanning)]
    print(
        "gunzip {:,.0f} MB a second, scan {:,.0f}: {:.2f} of its speed".format(*speeds, unpacking / scanning),
        flush=True,
    )


def measure_watching(texts: list[str], kit: Kit, runs: int) -> None:
    """Prints what watching each pair takes, against coding all texts."""
    drafts = [Draft(text=text, path=f"{number}.txt") for number, text in enumerate(texts)]

    def take(watch: Watch) -> int:
        return exhaust(take_in(drafts, kit, watch, Details()))

    watches = [Watch(pairs=(pair,), scope=Scope.WATCHED) for pair in WATCHED]
    all_, *watched = alternate(
        runs, lambda: take(Watch(pairs=PAIRS)), *(functools.partial(take, watch) for watch in watches)
    )
    for pair, seconds in zip(WATCHED, watched, strict=True):
        told = f"everything {all_:.1f} s, watching {seconds:.2f} s: {all_ / seconds:.1f} times faster"
        print(f"{_share(pair, texts)}: {told}", flush=True)


def measure_pages(texts: list[str], kit: Kit, runs: int) -> None:
    """Prints what watching each pair takes in web pages, against trafilatura on each page."""
    pages = [page(text, number) for number, text in enumerate(texts)]

    def take(pair: tuple[str, str]) -> int:
        screen = build_screen((pair,))
        read = (item for number, data in enumerate(pages) for item in read_stream(data, f"{number}.html", screen))
        return exhaust(take_in(read, kit, Watch(pairs=(pair,), scope=Scope.WATCHED), Details()))

    plain, *taken = alternate(
        runs,
        lambda: [trafilatura.extract(data.decode(), fast=True, include_comments=False) for data in pages],
        *(functools.partial(take, pair) for pair in WATCHED),
    )
    for pair, seconds in zip(WATCHED, taken, strict=True):
        told = f"trafilatura {plain:.1f} s, pages to records {seconds:.2f} s: {plain / seconds:.1f} times faster"
        print(f"{'-'.join(pair)}: {told}", flush=True)


def _share(pair: tuple[str, str], texts: list[str]) -> str:
    """How much of the archive is told of a pair: it decides what watching it costs."""
    named = [text for text in texts if build_screen((pair,)).bears(text)]
    words = sum(len(text.split()) for text in named) / sum(len(text.split()) for text in texts)
    return f"{'-'.join(pair)}, named in {len(named)} texts with {words:.1%} of the words"


def web_archive(pages: list[bytes]) -> bytes:
    """The pages as a crawler keeps them: for each what was asked, what was answered and a note, a gzip member each."""
    out = []
    for number, body in enumerate(pages):
        told = f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2019-11-02T10:00:00Z\r\n"
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: x\r\n\r\n" + body
        kinds = (
            ("request", "application/http; msgtype=request", f"GET /{number} HTTP/1.1\r\nHost: x\r\n\r\n".encode()),
            ("response", "application/http; msgtype=response", answer),
            ("metadata", "application/warc-fields", b"fetchTimeMs: 317\r\n"),
        )
        for kind, type_, block in kinds:
            head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{told}WARC-Record-ID: <urn:uuid:{number}-{kind}>\r\n"
            head += f"Content-Type: {type_}\r\nContent-Length: {len(block)}\r\n\r\n"
            out.append(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return b"".join(out)


def measure_web_archive(texts: list[str], runs: int) -> None:
    """Prints what going through a web archive takes, each page unpacked whole, against unpacking it with gzip alone."""
    packed = web_archive([page(text, number) for number, text in enumerate(texts)])
    with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
        file.write(packed)
        file.flush()
        path = Path(file.name)

        def unpack() -> None:
            with gzip.open(path) as stream:
                while stream.read(PIECE):
                    pass

        def iterate() -> int:
            with path.open("rb") as stream:
                return exhaust(find_pages(stream, "a.warc.gz"))

        plain, iterated = alternate(runs, unpack, iterate)
    print(f"gunzip {plain:.2f} s, web archive {iterated:.2f} s: {iterated / plain:.2f} of its CPU", flush=True)


def main(runs: int) -> None:
    """Prints one line a figure."""
    texts, kit = archive(), build_kit("bundled")
    print(f"{len(texts)} texts, {sum(len(text.split()) for text in texts):,} words", flush=True)
    measure_scan(texts, runs)
    measure_web_archive(texts, runs)
    measure_watching(texts, kit, runs)
    measure_pages(texts, kit, runs)
    measure_coding(texts[:CODED], kit, runs, "general archive")
    measure_coding(articles(), kit, runs, "articles on foreign affairs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
