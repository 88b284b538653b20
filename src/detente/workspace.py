"""A folder opened: settings, ledger and kit; what the README's Python example calls.

Longer than other files because it is the one place that says what can be done with a workspace; each method hands on to
the stage that does it.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from detente.adapters.exporters.account import Account
from detente.adapters.exporters.formats import format_named
from detente.adapters.objects import FileName
from detente.adapters.stores.sqlite import SqliteStore
from detente.codebook.differences import load_limits
from detente.codebook.registry import load_registry
from detente.errors import SettingError, UsageError, WorkspaceError
from detente.gathering import Gathering, Pair
from detente.ledger.coverage import Coverage
from detente.ledger.deciding import Maker
from detente.ledger.decision import Decision, Verb
from detente.ledger.issue_names import IssueNames, read_issue_names
from detente.ledger.port import NO_DAY, Hit, Posting, Query, Store, ordered
from detente.ledger.recoding import Recoding, compare, versions_told
from detente.parcel import Coded, Details, Fate, Parcel
from detente.raw_bytes import RAW_FOLDER, keep_raw
from detente.records import Difference, Document, Problem, Record, Trouble
from detente.settings import RejectRule, Settings, read_settings, write_reject, write_settings
from detente.telling.brief import tell_brief
from detente.telling.brief_page import Brief
from detente.telling.changes import tell_changes
from detente.telling.dated import Narrowing
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.words import Words

if TYPE_CHECKING:
    from detente.chunks import Engine
    from detente.cleaning.draft import Read
    from detente.kit import Kit

SETTINGS_FILE = "detente.toml"
LEDGER_FILE = "ledger.db"
IMPORTED_FOLDER = "imported"  # event data of others
CHUNKS_FOLDER = "chunks"  # what workers have coded and is not posted yet
VARIABLE = "DETENTE_WORKSPACE"
# What coding a text anew finds again, where it is still so.
CODING_TROUBLE = frozenset(
    {
        Trouble.UNDATED,
        Trouble.UNRESOLVED_DATE,
        Trouble.UNRESOLVED_ACTOR,
        Trouble.NOT_CODED,
        Trouble.LOST_EVIDENCE,
    }
)

Progress = Callable[[str, str], None]  # name of the text, what became of it


@dataclass(slots=True)
class Added:
    """What `add` did: documents new and already there, and the problems met."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: int = 0
    passed_over: int = 0  # texts that name no watched pair, where coding.scope is "watched"
    problems: list[Problem] = field(default_factory=list)

    def count(self, parcel: Parcel) -> None:
        """Takes one more text in."""
        self.problems += parcel.problems
        match parcel.fate:
            case Fate.NEW:
                self.new.append(parcel.document or "")
            case Fate.KNOWN:
                self.known.append(parcel.document or "")
            case Fate.REFUSED:
                self.refused += 1
            case Fate.PASSED_OVER:
                self.passed_over += 1


class Workspace:
    """A folder with `detente.toml`, `ledger.db` and `raw/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / SETTINGS_FILE
        if not path.is_file():
            raise WorkspaceError(
                f"There is no workspace in {folder}.", hint="Type: detente init DIR --pair USA CHN, then cd DIR"
            )
        self.registry = load_registry()
        self.settings: Settings = self._settings_of(path.read_text(encoding="utf-8"))
        self.store: Store = SqliteStore(folder / LEDGER_FILE)
        self.store.adopt(self.settings.rejects)

    def _settings_of(self, text: str) -> Settings:
        """The settings that a text gives, with the states of the pairs by their codes; raises SettingError."""
        settings = read_settings(text)
        try:
            pairs = tuple(two_states(pair) for pair in settings.pairs)
        except UsageError as error:
            raise SettingError(f"{SETTINGS_FILE}: {error.message}", hint=error.hint) from error
        return replace(settings, pairs=pairs)

    @cached_property
    def kit(self) -> "Kit":
        """Built at the first text that is coded."""
        from detente.kit import build_kit  # brings spaCy in

        return build_kit(self.settings.pipeline)

    @cached_property
    def issue_names(self) -> IssueNames:
        """What `detente.toml` calls issues; raises SettingError where a row names nothing that is known here."""
        return read_issue_names(self.settings.issue_names, self._is_told)

    @cached_property
    def gathering(self) -> Gathering:
        """What brings together from the ledger what a page is told from."""
        return Gathering(store=self.store, names=self.issue_names, renames=self.settings.issue_names)

    def _is_told(self, words: str) -> bool:
        """Whether a stored passage holds the words; in an empty ledger nothing can be said against them."""
        return self.store.is_empty() or bool(self.store.search(words, Query(), 1))

    @cached_property
    def words(self) -> Words:
        """How the workspace prints names."""
        return Words(self.registry)

    def close(self) -> None:
        """Lets go of the ledger."""
        self.store.close()

    # Putting in

    def add(self, read: "Iterable[Read]", details: Details, progress: Progress | None = None) -> Added:
        """What became of each text. Documents are posted one by one: a run that is stopped goes on where it stood."""
        from detente.intake import take_in  # brings spaCy in

        added = Added()
        self._post(take_in(read, self.kit, self.settings.watch, details, self.store.known_ids()), added, progress)
        return added

    def add_chunks(
        self, paths: Sequence[FileName], details: Details, engine: "Engine", progress: Progress | None = None
    ) -> Added:
        """The same as `add`, coded by the workers of an engine; chunks are posted in order, as they are done.

        A run that is stopped, or loses its workers, goes on with the chunks that are missing when it is called again.
        """
        from detente.chunks import begin_run, code_chunks, end_run, read_parcels, without_known

        chunks = begin_run(paths, details, self.settings, self.folder / CHUNKS_FOLDER, self.store.known_ids())
        added, known = Added(), self.store.known_ids()
        for chunk, is_done in code_chunks(chunks, engine):
            self._post(without_known(read_parcels(chunk, is_done), known), added, progress)
            chunk.mark_posted()
        end_run(chunks)
        return added

    def _post(self, parcels: Iterable[Parcel], added: Added, progress: Progress | None) -> None:
        """Posts each text in a transaction of its own, and notes in `added` what became of it."""
        homeless = []
        for parcel in parcels:
            if parcel.coded is not None:
                if self.settings.raw:
                    keep_raw(parcel, self.folder / RAW_FOLDER)
                posting = self._posting(parcel.coded, parcel.problems, parcel.path)
                self.store.post(replace(posting, capture=parcel.capture))
            added.count(parcel)
            homeless += [problem for problem in parcel.problems if problem.document is None]
            if progress:
                progress(parcel.path or parcel.document or "", parcel.fate)
        self.store.note(homeless, _now())

    def set_details(
        self, id_: str, *, published_on: dt.date | None = None, outlet: str | None = None
    ) -> tuple[Document, int]:
        """The document with its details mended and coded anew, and how many records it has now."""
        from detente.flow import code_document  # brings spaCy in

        document = self.store.document(id_)
        mended = replace(document, published_on=published_on or document.published_on, outlet=outlet or document.outlet)
        coded = code_document(mended, self.kit, self.settings.watch)
        kept = self._kept_problems(document.id)
        if mended.published_on is None:
            kept += tuple(p for p in self.store.problems([document.id]) if p.trouble is Trouble.UNDATED)
        self.store.replace(self._posting(coded, (*kept, *coded.problems), None))
        return mended, len(coded.records)

    def recode(self, ids: Sequence[str] = (), *, every: bool = False, progress: Progress | None = None) -> Recoding:
        """What coding anew changed: of these documents, else of those that other versions coded, or of every one.

        Documents are kept one by one: a run that is stopped goes on where it stood.
        """
        from detente.recode import recode_documents  # brings spaCy in

        made = dict(self.store.codings(other_than=None if every or ids else self.kit.provenance))
        chosen = [self.store.document(id_).id for id_ in ids] or list(made)
        recoding, raw = Recoding(), self.folder / RAW_FOLDER
        for item in recode_documents(self.store, chosen, raw, self.kit, self.settings.watch):
            id_ = item.coded.document.id
            before = self.coded_records(item.before)
            problems = (*self._kept_problems(id_), *item.problems, *item.coded.problems)
            self.store.replace(self._posting(item.coded, problems, None))
            changes = compare(before, item.coded.records)
            recoding.changes += changes
            recoding.documents += 1
            recoding.unchanged += len(item.coded.records) - sum(change.after is not None for change in changes)
            recoding.versions[versions_told(made[id_], self.kit.provenance)] += 1
            lost = [p for p in self.store.problems([id_]) if p.trouble is Trouble.LOST_EVIDENCE]
            recoding.lost += lost
            if progress:
                progress(id_, f"{len(changes)} changes")
        return recoding

    def _kept_problems(self, id_: str) -> tuple[Problem, ...]:
        """The problems of a document that coding it anew does not look for again."""
        return tuple(p for p in self.store.problems([id_]) if p.trouble not in CODING_TROUBLE)

    def forget(self, id_: str) -> Document:
        """The document that is gone, with its records and its bytes."""
        document = self.store.document(id_)
        self.store.forget(document.id)
        for path in (self.folder / RAW_FOLDER).glob(f"{document.id}.*"):
            path.unlink()
        return document

    def _posting(self, coded: Coded, problems: tuple[Problem, ...], path: str | None) -> Posting:
        return Posting(
            document=coded.document,
            passages=coded.passages,
            records=coded.records,
            problems=problems,
            pair=ordered(coded.pair) if coded.pair else None,
            provenance=self.kit.provenance,
            posted_at=_now(),
            path=path,
        )

    # Correcting

    def decide(self, verb: Verb | str, *words: str, why: str = "", by: str | None = None) -> Decision:
        """The decision, kept: "relabel", an id and "event_type=CONSULT". `by` falls back on the setting `decide.by`.

        Raises UsageError for what cannot be decided so, UnknownIdError for an id that is not there.
        """
        who = by or self.settings.decided_by
        if not who:
            raise UsageError("Who decides?", hint='Add: --by NAME, or decide.by = "NAME" to detente.toml')
        maker = Maker(store=self.store, members=self._members, by=who, why=why, at=_now())
        return self.store.decide(maker.make(Verb(verb), words))

    def reject_by_rule(self, rule: RejectRule) -> None:
        """Writes the rule into `detente.toml` and takes out what it rejects."""
        path = self.folder / SETTINGS_FILE
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + write_reject(rule)
        self.settings = self._settings_of(text)
        half = path.with_suffix(".part")
        half.write_text(text, encoding="utf-8")
        half.replace(path)
        self.store.adopt(self.settings.rejects)

    def _members(self, record: Record) -> Sequence[Record]:
        """The records of the happening that a record belongs to, itself among them."""
        return self.store.happening(record.id).records

    # Asking

    def pair(self, names: tuple[str, str] | None = None) -> Pair:
        """The pair asked for, in the order asked; without names the only one watched. Raises UsageError if unclear."""
        if names:
            first, second = two_states(names)
            return next((p for p in self.settings.pairs if set(p) == {first, second}), (first, second))
        if len(self.settings.pairs) == 1:
            return self.settings.pairs[0]
        watched = "; ".join(" ".join(pair) for pair in self.settings.pairs) or "none"
        raise UsageError(f"Which pair? This workspace watches: {watched}.", hint="Add: --pair USA CHN")

    def as_of(self, pair: Pair, asked: dt.date | None) -> dt.date:
        """The day asked for, else the newest publication day in the ledger; NO_DAY where no document is dated.

        Raises UsageError in an empty ledger.
        """
        day = asked or self.store.latest_known_on(ordered(pair)) or self.store.latest_known_on()
        if day is None and self.store.is_empty():
            raise UsageError("The ledger is empty.", hint="Type: detente add PATH --published YYYY-MM-DD")
        return day or NO_DAY

    def material(
        self,
        pair: Pair,
        *,
        as_of: dt.date | None = None,
        since: dt.date | None = None,
        without_decisions: bool = False,
        whole: bool = True,
    ) -> Material:
        """What is known of the pair on the day; undated documents only where no day was asked for.

        Where not the `whole` is asked for and there is much, it is what was told last or lies ahead.
        """
        with self.store.snapshot():
            day = self.as_of(pair, as_of)
            query = Query(pair=ordered(pair), as_of=day, since=since, without_decisions=without_decisions)
            return self.gathering.known(pair, query, with_undated=as_of is None, whole=whole or without_decisions)

    def coverage(self, material: Material, *, with_undated: bool) -> Coverage:
        """How much is known of what the material is a part of: documents, outlets, days, records, problems."""
        with self.store.snapshot():
            return self.gathering.coverage(material, with_undated=with_undated)

    def deeds(self, pair: Pair, *, as_of: dt.date | None = None) -> Material:
        """The happenings that are events on the pair, and what was published meanwhile; of many, those told last."""
        with self.store.snapshot():
            return self.gathering.deeds(pair, self.as_of(pair, as_of))

    def brief(
        self,
        *,
        pair: tuple[str, str] | None = None,
        as_of: dt.date | None = None,
        since: dt.date | None = None,
        without_decisions: bool = False,
    ) -> Brief:
        """Where the pair stands on the day."""
        with self.store.snapshot():
            material = self.material(
                self.pair(pair), as_of=as_of, since=since, without_decisions=without_decisions, whole=False
            )
            coverage = self.coverage(material, with_undated=as_of is None)
        return tell_brief(material, coverage, self.words, lines=self.settings.brief_lines)

    def changes(
        self,
        *,
        pair: tuple[str, str] | None = None,
        as_of: dt.date | None = None,
        since: dt.date | None = None,
        posted_since: dt.datetime | None = None,
        without_decisions: bool = False,
    ) -> Brief:
        """What is otherwise on the day than it was the day before `since`, or before `posted_since` was added to."""
        chosen = self.pair(pair)
        with self.store.snapshot():
            query = Query(pair=ordered(chosen), as_of=self.as_of(chosen, as_of), without_decisions=without_decisions)
            if posted_since is None:
                before, after = self.gathering.since(chosen, query, since, with_undated=as_of is None)
            else:
                before, after = self.gathering.entered(chosen, query, posted_since, with_undated=as_of is None)
        return tell_changes(before, after, self.words, lines=self.settings.brief_lines, posted_since=posted_since)

    def export(
        self,
        name: str,
        *,
        pair: tuple[str, str] | None = None,
        as_of: dt.date | None = None,
        since: dt.date | None = None,
        issue: str | None = None,
        narrowing: Narrowing | None = None,
        without_decisions: bool = False,
    ) -> bytes:
        """What is known of the pair, or of one issue between them, in a format of others: "ics", "csv", "parquet" …

        With a narrowing, the records behind the lines of the timeline that fit it.
        Raises UsageError for a format or an issue that is not there.
        """
        format_ = format_named(name)
        material = self.material(
            self.pair(pair), as_of=as_of, without_decisions=without_decisions, whole=not format_.is_news
        )
        known = Known(replace(material, since=since), self.words)
        only = narrowing.records(known) if narrowing else None
        account = Account(known, lambda id_: self.store.document(id_).text, issue, only)
        if issue and not any(account.bears((record,)) for record in (*material.records, *material.undated)):
            raise UsageError(f"No record names the issue {issue!r}.", hint="Those there are: detente issues")
        return format_.write(account)

    def differences(self, *, pair: tuple[str, str] | None = None, as_of: dt.date | None = None) -> list[Difference]:
        """The accounts on the pair that cannot both hold, the ones known last first."""
        return Known(self.material(self.pair(pair), as_of=as_of), self.words).differences

    def difference(self, id_: str) -> Difference | None:
        """The difference on a watched pair whose id begins so; None where there is none or more than one."""
        told = (found for pair in self.settings.pairs for found in self.differences(pair=pair))
        found = {difference.id: difference for difference in told if difference.id.startswith(id_)}
        return next(iter(found.values())) if len(found) == 1 else None

    def differences_around(self, record: Record) -> list[Difference]:
        """The differences among what was told within weeks of a record, on the watched pairs."""
        if record.known_on is None:
            return []
        reach = dt.timedelta(days=max(load_limits().days.values()))
        first, last = record.known_on - reach, record.known_on + reach
        told = (
            difference
            for pair in self.settings.pairs
            for difference in Known(self.material(pair, as_of=last, since=first), self.words).differences
        )
        return list({difference.id: difference for difference in told}.values())

    def records(
        self,
        *kinds: str,
        pair: tuple[str, str] | None = None,
        as_of: dt.date | None = None,
        since: dt.date | None = None,
        without_decisions: bool = False,
    ) -> list[Record]:
        """The records of these kinds on the pair, by publication day and place."""
        chosen = self.pair(pair)
        query = Query(
            pair=ordered(chosen),
            kinds=kinds,
            as_of=self.as_of(chosen, as_of),
            since=since,
            without_decisions=without_decisions,
        )
        return self._records(query)

    def record(self, id_: str) -> Record:
        """The record with that id, or with an id that begins so; raises UnknownIdError."""
        return self.issue_names.told(self.store.record(id_))

    def _records(self, query: Query) -> list[Record]:
        return [self.issue_names.told(record) for record in self.store.records(query)]

    def records_of(self, document: Document) -> list[Record]:
        """The records of one document that count, in text order."""
        return self._records(Query(document=document.id, undated=document.published_on is None))

    def coded_records(self, document: Document) -> list[Record]:
        """The records of one document as they were coded, in text order, whether they count or not."""
        undated = document.published_on is None
        return self._records(Query(document=document.id, undated=undated, without_decisions=True))

    def search(self, words: str, *, as_of: dt.date | None = None, limit: int = 20) -> list[Hit]:
        """Passages that hold all the words, best first."""
        return self.store.search(words, Query(as_of=as_of), limit)

    def text_of(self, document: str) -> str | None:
        """The stored text of a document, None where it is not in the ledger."""
        return self.store.document(document).text if self.store.documents_named([document]) else None


def two_states(names: tuple[str, str]) -> Pair:
    """The codes of two states by any of their names; raises UnknownStateError, or UsageError where they are one."""
    first, second = (load_registry().state(name) for name in names)
    if first == second:
        raise UsageError(f"{names[0]} and {names[1]} are one state.", hint="Name two: --pair USA CHN")
    return first, second


def init_workspace(folder: Path, pairs: Iterable[tuple[str, str]]) -> Workspace:
    """A new workspace; raises WorkspaceError where there is one, UnknownStateError for a word that is no state."""
    if (folder / SETTINGS_FILE).exists():
        raise WorkspaceError(f"{folder} is a workspace already.", hint=f"Type: cd {folder}, then detente add PATH")
    resolved = tuple(two_states(pair) for pair in pairs)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_FILE).write_text(write_settings(Settings(pairs=resolved)), encoding="utf-8")
    return Workspace(folder)


def open_workspace(folder: str | os.PathLike[str] | None = None) -> Workspace:
    """The workspace in that folder; else that of DETENTE_WORKSPACE, of the current folder or of one above it."""
    given = folder or os.environ.get(VARIABLE)
    if given:
        return Workspace(Path(given))
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / SETTINGS_FILE).is_file():
            return Workspace(place)
    raise WorkspaceError(
        "There is no workspace here or above.", hint="Type: detente init DIR --pair USA CHN, or add --workspace DIR"
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
