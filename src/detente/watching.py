"""Keeps a workspace current: looks at its feeds, sitemaps, pages and folders, and takes in what is new there."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from detente.adapters.readers.days import read_day
from detente.adapters.readers.feeds import Entry, find_entries
from detente.adapters.readers.files import files_under, read_file
from detente.adapters.readers.limits import unreadable
from detente.adapters.readers.polite import Guest
from detente.adapters.readers.sitemaps import Location, find_locations
from detente.adapters.readers.web import Answer, RefusedError, read_answer
from detente.adapters.stores.visits import Visits
from detente.cleaning.draft import Draft, Read
from detente.errors import DetenteError
from detente.parcel import Details
from detente.records import Problem
from detente.screening import screen_for
from detente.settings import Place, PlaceKind
from detente.workspace import Added, Workspace

VISITS_FILE = "watch.db"
PAGES_A_ROUND = 300  # of one place; the rest waits for the next round
FILES_AT_ONCE = 200
TIMES = 5  # that a page is asked for in vain, once a round, before it is left
DEPTH = 2  # sitemaps that lead to sitemaps
REMEDY = "It is asked again in the next round."


@dataclass(slots=True)
class Looked:
    """What came of looking at a place."""

    place: Place
    added: list[Added] = field(default_factory=list)
    failed: bool = False  # the place itself could not be read

    @property
    def new(self) -> int:
        """How many documents are new."""
        return sum(len(added.new) for added in self.added)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read."""
        return [problem for added in self.added for problem in added.problems]


class Watcher:
    """Looks at the places that a workspace watches. What was taken in stays so when a round is stopped anywhere."""

    def __init__(self, workspace: Workspace, guest: Guest, now: Callable[[], dt.datetime]) -> None:
        self.workspace, self.guest, self.now = workspace, guest, now
        self.visits = Visits(workspace.folder / VISITS_FILE)
        self.screen = screen_for(workspace.settings.watch)

    def look(self, places: Iterable[Place]) -> Iterator[Looked]:
        """What came of each place; trouble with one is a problem of its own and does not keep from the others."""
        self.guest.forget_rules()
        for place in places:
            looked = Looked(place=place)
            try:
                self._look(place, looked)
            except DetenteError:
                raise  # the workspace is ill, not the place
            except RefusedError as error:
                self._fail(looked, str(error))
            except Exception as error:  # whatever a server sends, the next place is looked at
                self._fail(looked, f"it could not be read ({type(error).__name__})")
            yield looked

    def close(self) -> None:
        """Lets go of what it notes."""
        self.visits.close()

    def _look(self, place: Place, looked: Looked) -> None:
        match place.kind:
            case PlaceKind.FOLDER:
                self._look_at_folder(place, looked)
            case PlaceKind.PAGE:
                self._look_at_page(place, looked)
            case PlaceKind.FEED:
                self._look_at_list(place, looked, _entries)
            case PlaceKind.SITEMAP:
                self._look_at_list(place, looked, lambda answer: self._locations(answer, DEPTH))

    def _look_at_folder(self, place: Place, looked: Looked) -> None:
        folder = (self.workspace.folder / place.where).expanduser()
        if not folder.is_dir():
            raise RefusedError("there is no such folder")
        marked = ((file, f"{(stat := file.stat()).st_size}:{stat.st_mtime_ns}") for file in files_under(folder))
        new = [(file, mark) for file, mark in marked if not self.visits.has_seen(str(file), mark)]
        for at in range(0, len(new), FILES_AT_ONCE):
            some = new[at : at + FILES_AT_ONCE]
            self._add(looked, (item for file, _ in some for item in read_file(file, self.screen)), place.outlet)
            for file, mark in some:
                self.visits.keep_seen(str(file), mark)

    def _look_at_page(self, place: Place, looked: Looked) -> None:
        answer = self.guest.fetch(place.where, self.visits.conditions(place.where))
        if answer.data is not None:
            self._add(looked, read_answer(answer, place.where, self.now(), self.screen), place.outlet)
            self.visits.keep_answer(place.where, answer.etag, answer.modified)

    def _look_at_list(self, place: Place, looked: Looked, find: Callable[[Answer], list[Entry]]) -> None:
        """Takes in the new pages that a feed or sitemap names. Its mark is kept once all of them are."""
        answer = self.guest.fetch(place.where, self.visits.conditions(place.where))
        if answer.data is None:
            return
        wanted = [entry for entry in find(answer) if self._is_wanted(entry, place)]
        wanted.sort(key=lambda entry: _day(entry) or dt.date.max, reverse=True)
        is_whole = len(wanted) <= PAGES_A_ROUND
        for entry in wanted[:PAGES_A_ROUND]:
            is_whole = self._take(entry, place, looked) and is_whole
        if is_whole:
            self.visits.keep_answer(place.where, answer.etag, answer.modified)

    def _locations(self, answer: Answer, depth: int) -> list[Entry]:
        """The pages of a sitemap and of those that it leads to."""
        found = find_locations(answer.data or b"")
        if found is None:
            raise RefusedError("it is no sitemap, or damaged")
        entries = []
        for item in found:
            if not item.is_sitemap:
                entries.append(_entry(item))
            elif depth and not self.visits.has_seen(item.url, item.changed or "never"):
                inner = self._locations(self.guest.fetch(item.url), depth - 1)
                if item.changed and all(self.visits.has_seen(entry.url or "") for entry in inner):
                    self.visits.keep_seen(item.url, item.changed)
                entries += inner
        return entries

    def _is_wanted(self, entry: Entry, place: Place) -> bool:
        """Whether an entry is new, and no older than the place asks for."""
        day = _day(entry)
        is_old = place.since is not None and day is not None and day < place.since
        return not is_old and not self.visits.has_seen(_name(entry, place))

    def _take(self, entry: Entry, place: Place, looked: Looked) -> bool:
        """Takes the page of an entry in, else what the feed holds of it; False where it is to be asked again."""
        name = _name(entry, place)
        try:
            found = self._page(entry)
        except RefusedError as error:
            if error.may_pass and self.visits.count_failure(name) < TIMES:
                self._add(looked, [unreadable(name, str(error), REMEDY)], None)
                return False
            found = [unreadable(name, str(error), error.remedy)]
        if entry.text and all(isinstance(item, Problem) for item in found):
            found.append(Draft(text=entry.text, url=entry.url, path=place.where))
        self._add(looked, (_filled(item, entry) for item in found), place.outlet or entry.outlet)
        self.visits.keep_seen(name)
        return True

    def _page(self, entry: Entry) -> list[Read]:
        """What stands at the address of an entry; nothing where it has none, and its text is all there is."""
        if entry.url is not None:
            return list(read_answer(self.guest.fetch(entry.url), entry.url, self.now(), self.screen))
        if entry.text:
            return []
        raise RefusedError("it has neither an address nor a text")

    def _add(self, looked: Looked, read: Iterable[Read], outlet: str | None) -> None:
        looked.added.append(self.workspace.add(read, Details(outlet=outlet)))

    def _fail(self, looked: Looked, why: str) -> None:
        looked.failed = True
        self._add(looked, [unreadable(looked.place.where, why, REMEDY)], None)


def _entries(answer: Answer) -> list[Entry]:
    found = find_entries(answer.data or b"", answer.address)
    if found is None:
        raise RefusedError("it is no feed, or damaged")
    return found


def _day(entry: Entry) -> dt.date | None:
    return read_day(entry.published) or read_day(entry.updated)


def _entry(item: Location) -> Entry:
    return Entry(url=item.url, title=item.title, outlet=item.outlet, published=item.published, updated=item.changed)


def _name(entry: Entry, place: Place) -> str:
    """What tells an entry from others: its address, else its title within the place."""
    return entry.url or f"{place.where}#{entry.title or entry.text[:80]}"


def _filled(item: Read, entry: Entry) -> Read:
    """What was read, with what the feed or sitemap knows where the page says nothing."""
    if not isinstance(item, Draft):
        return item
    return replace(
        item,
        title=item.title or entry.title,
        byline=item.byline or entry.byline,
        published_on=item.published_on or read_day(entry.published),
    )
