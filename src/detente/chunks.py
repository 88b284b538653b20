"""Many texts in chunks that are coded apart from the ledger, by any number of workers, and posted in order.

A chunk becomes a file of parcels, one JSON object a line, written under another name and renamed into place when it is
whole. So a file that is there is done, whoever made it, and a run that was stopped anywhere goes on where it stood.
"""

import functools
import hashlib
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from detente.adapters.objects import FileName, is_object, mark_of, named
from detente.adapters.readers.files import find_files, find_starts, read_file, read_lines
from detente.codebook.files import data_version
from detente.errors import UsageError
from detente.parcel import Coded, Details, Fate, Fields, Parcel
from detente.records import Problem, Trouble, record_from_dict
from detente.screening import screen_for
from detente.settings import Settings, Watch
from detente.version import VERSION

if TYPE_CHECKING:
    from detente.cleaning.draft import Read
    from detente.kit import Kit
    from detente.screening import Screen

CHUNK_BYTES = 1_000_000  # of input: some hundred articles, half a minute of coding
CHUNK_FILES = 200
DONE, POSTED = ".jsonl", ".posted"
KNOWN = "known.txt"  # in the folder of a run: the ids of the documents that were in the ledger when it began

Job = TypeVar("Job")


class Engine(Protocol):
    """Who does the jobs; `detente.adapters.engines` holds two."""

    def run(self, work: Callable[[Job], None], jobs: Iterable[Job]) -> Iterator[tuple[Job, bool]]:
        """Each job when it is over, in any order, and whether it was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file, or those of its lines or records that begin at bytes start..end. `line` is how many lines come before."""

    path: str
    start: int = 0
    end: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What holds for all chunks of a run."""

    folder: str  # where the chunks lie; workers on other machines see it under the same name
    pipeline: str
    watch: Watch
    details: Details
    keeps_raw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some texts that one worker codes in one go."""

    order: Order
    number: int
    pieces: tuple[Piece, ...]

    @property
    def file(self) -> Path:
        """Where its parcels lie when it is done."""
        return Path(self.order.folder, f"{self.number:06d}{DONE}")

    @property
    def is_posted(self) -> bool:
        """Whether they are in the ledger."""
        return self.file.with_suffix(POSTED).exists()

    def mark_posted(self) -> None:
        """Leaves a mark in the place of the parcels."""
        self.file.with_suffix(POSTED).touch()
        self.file.unlink(missing_ok=True)


def begin_run(
    paths: Sequence[FileName], details: Details, settings: Settings, folder: Path, known: Iterable[str]
) -> list[Chunk]:
    """The chunks of these files and folders, in the order of names; a long file of JSON Lines or WARC is several.

    They get a folder of their own below `folder`; the same inputs with the same settings and versions get the same one.
    Raises UsageError where there is nothing to read.
    """
    files = [file for path in paths for file in find_files(path)]
    if not files:
        raise UsageError("There is no file to read.", hint="Give another folder or a file.")
    order = Order(
        folder=str(folder.absolute()),
        pipeline=settings.pipeline,
        watch=settings.watch,
        details=details,
        keeps_raw=settings.raw,
    )
    own = folder.absolute() / _run_name(files, order)
    own.mkdir(parents=True, exist_ok=True)
    if not (own / KNOWN).exists():
        half = own / f"{KNOWN}.part"
        half.write_text("\n".join(sorted(known)), encoding="ascii")
        half.replace(own / KNOWN)
    return _chunks(files, replace(order, folder=str(own)))


def end_run(chunks: Sequence[Chunk]) -> None:
    """Takes the folder of a run away: what it made is in the ledger."""
    shutil.rmtree(chunks[0].order.folder)


def _chunks(files: Sequence[FileName], order: Order) -> list[Chunk]:
    groups: list[list[Piece]] = [[]]
    held = 0
    for piece, size in (found for file in files for found in _pieces(file)):
        if groups[-1] and (held + size > CHUNK_BYTES or len(groups[-1]) >= CHUNK_FILES):
            groups.append([])
            held = 0
        groups[-1].append(piece)
        held += size
    return [Chunk(order=order, number=i, pieces=tuple(pieces)) for i, pieces in enumerate(groups, 1)]


def _run_name(files: Sequence[FileName], order: Order) -> str:
    """Sixteen hexadecimal characters: others where inputs, settings or versions are others."""
    told = [(str(file), *mark_of(file)) for file in files if is_object(file) or Path(file).is_file()]
    key = msgspec.json.encode((told, order, VERSION, data_version()))
    return hashlib.sha256(key).hexdigest()[:16]


def code_chunk(chunk: Chunk) -> None:
    """Codes the texts of a chunk and puts their parcels in place; nothing where they lie there already."""
    if chunk.file.exists() or chunk.is_posted:
        return
    from detente.intake import take_in

    order = chunk.order
    screen = screen_for(order.watch)
    read = (item for piece in chunk.pieces for item in _read(piece, order.details.fields, screen))
    half = chunk.file.with_suffix(f".{uuid.uuid4().hex}.part")  # two workers may have the same chunk
    with half.open("wb") as out:
        for parcel in take_in(read, _kit(order.pipeline), order.watch, order.details, _known(order.folder)):
            out.write(write_parcel(parcel if order.keeps_raw else replace(parcel, raw=None)) + b"\n")
    half.replace(chunk.file)


def code_chunks(chunks: Sequence[Chunk], engine: Engine) -> Iterator[tuple[Chunk, bool]]:
    """Each chunk that is not posted yet, in order of number, once its file is there; False for one given up."""
    waiting = [chunk for chunk in chunks if not chunk.is_posted]
    over: dict[int, bool] = {}
    done = engine.run(code_chunk, waiting)
    for chunk in waiting:
        while chunk.number not in over:
            finished, is_done = next(done)
            over[finished.number] = is_done
        yield chunk, over.pop(chunk.number)


def write_parcel(parcel: Parcel) -> bytes:
    """The parcel as JSON."""
    fields: dict[str, Any] = msgspec.to_builtins(replace(parcel, coded=None))
    if parcel.coded is not None:
        fields["coded"] = msgspec.to_builtins(replace(parcel.coded, records=()))
        fields["coded"]["records"] = [record.to_dict() for record in parcel.coded.records]
    return msgspec.json.encode(fields)


def read_parcel(line: bytes) -> Parcel:
    """The parcel that `write_parcel` wrote."""
    fields = msgspec.json.decode(line)
    coded = fields.pop("coded", None)
    parcel: Parcel = msgspec.convert(fields, Parcel)
    if coded is None:
        return parcel
    records = tuple(record_from_dict(record) for record in coded.pop("records"))
    return replace(parcel, coded=replace(msgspec.convert({**coded, "records": []}, Coded), records=records))


def read_parcels(chunk: Chunk, is_done: bool) -> Iterator[Parcel]:
    """The parcels of a chunk; of one that was given up, a problem for each of its files."""
    if not is_done:
        yield from (_given_up(piece) for piece in chunk.pieces)
        return
    with chunk.file.open("rb") as lines:
        for line in lines:
            yield read_parcel(line)


def without_known(parcels: Iterable[Parcel], known: set[str]) -> Iterator[Parcel]:
    """The parcels, those of documents in `known` as known; adds the others to it."""
    for parcel in parcels:
        if parcel.coded is not None and parcel.document in known:
            yield Parcel(fate=Fate.KNOWN, path=parcel.path, document=parcel.document)
        else:
            known.update({parcel.document} if parcel.document else ())
            yield parcel


def _given_up(piece: Piece) -> Parcel:
    where = piece.path if piece.end is None else f"{piece.path}:{piece.line + 1}"
    message = (
        "a worker died each time it read this, or a text beside it (too little memory, probably). Add it without "
        "--workers to see which text it is; the others were added."
    )
    return Parcel(
        fate=Fate.REFUSED,
        path=where,
        problems=(Problem(trouble=Trouble.NOT_CODED, message=message, path=where),),
    )


def _pieces(file: FileName) -> Iterator[tuple[Piece, int]]:
    """The pieces of a file, each with its bytes: one, or stretches of whole lines or records where it holds many."""
    try:
        size = mark_of(file)[0]
        starts = [(0, 0), *find_starts(file, CHUNK_BYTES)] if size > CHUNK_BYTES else [(0, 0)]
    except OSError:
        yield Piece(path=str(file)), 0  # the reader says what is wrong with it
        return
    if len(starts) == 1:
        yield Piece(path=str(file)), size
        return
    for (start, line), (end, _) in itertools.pairwise([*starts, (size, 0)]):
        yield Piece(path=str(file), start=start, end=end, line=line), end - start


def _read(piece: Piece, fields: Fields, screen: "Screen | None") -> "Iterator[Read]":
    if piece.end is None:
        return read_file(named(piece.path), screen, fields)
    return read_lines(named(piece.path), screen, fields, start=piece.start, until=piece.end, before=piece.line)


@functools.cache
def _kit(pipeline: str) -> "Kit":
    from detente.kit import build_kit

    return build_kit(pipeline)


@functools.lru_cache(maxsize=1)
def _known(folder: str) -> frozenset[str]:
    path = Path(folder, KNOWN)
    return frozenset(path.read_text(encoding="ascii").split()) if path.exists() else frozenset()
