"""The parses of sentences in tests, kept in tests/parses, so that rules are tested apart from the model.

A sentence that is not kept there is parsed by the bundled model; `make parses` runs the tests and keeps what they ask.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from detente.parsing import Pipeline, load_pipeline
from detente.parsing.doc import Doc
from detente.parsing.frozen import join_parses, read_parse, split_parses, write_parse
from detente.parsing.pipeline import blank_outside
from detente.parsing.repairs import mend
from detente.records import Passage

FOLDER = Path(__file__).parent / "parses"
KEEP = "DETENTE_KEEP_PARSES"  # set by `make parses`
LONGEST = 600  # characters: what is longer is a document, and may be somebody else's

Key = tuple[str, tuple[int, ...]]  # the text that is parsed, and where its sentences begin


class FrozenPipeline:
    """Gives the kept parse of a text, mended for news; `live` is the model itself, loaded when it is needed."""

    def __init__(self) -> None:
        self._live: Pipeline | None = None
        self._kept = {} if KEEP in os.environ else read_kept()
        self.asked: dict[str, dict[Key, str]] = defaultdict(dict)

    @property
    def live(self) -> Pipeline:
        """The bundled model."""
        self._live = self._live or load_pipeline()
        return self._live

    def parse(self, text: str, passages: Sequence[Passage]) -> Doc:
        """The parse of a text, as `Pipeline.parse` gives it."""
        key = (blank_outside(text, passages), tuple(passage.start for passage in passages))
        written = self._kept.get(key)
        doc = read_parse(written) if written else next(iter(self.live.read_many([(text, passages)])))
        if KEEP in os.environ and len(text) <= LONGEST:
            test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]
            self.asked[Path(test).stem.removeprefix("test_")][key] = write_parse(doc)
        mend(doc)
        return doc

    def parse_many(self, items: Iterable[tuple[str, Sequence[Passage]]]) -> Iterator[Doc]:
        """The parses of several texts, as `Pipeline.parse_many` gives them."""
        return (self.parse(text, passages) for text, passages in items)

    def keep(self) -> None:
        """Writes what was asked, a file per module of tests."""
        for stem, parses in self.asked.items():
            path = FOLDER / f"{stem}.txt"
            path.write_text(join_parses(parses[key] for key in sorted(parses)), encoding="utf-8")


def read_kept() -> dict[Key, str]:
    """All kept parses, as written, by their text and sentences."""
    kept = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for written in split_parses(path.read_text(encoding="utf-8")):
            doc = read_parse(written)
            kept[doc.text, tuple(span[0].idx for span in doc.sents if not span[0].is_space)] = written
    return kept
