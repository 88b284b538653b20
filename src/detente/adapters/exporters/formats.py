"""The formats of others that the ledger is taken along in, and what writes each."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from detente.adapters.exporters.account import Account
from detente.errors import UsageError

PACKAGE = "detente.adapters.exporters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format by the name that `detente export` takes; `module` is imported only when it is asked for."""

    name: str
    module: str
    suffix: str
    media_type: str
    meaning: str
    is_text: bool = True
    is_news: bool = False  # what programs ask for again and again: of much it is told from the newest, as a page is

    def write(self, account: Account) -> bytes:
        """The account in this format."""
        written: Callable[[Account], bytes] = import_module(f"{PACKAGE}.{self.module}").write
        return written(account)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            name="ics",
            module="ics",
            suffix=".ics",
            media_type="text/calendar",
            meaning="The agenda as a calendar (iCalendar, RFC 5545), what slipped with its new date.",
            is_news=True,
        ),
        Format(
            name="atom",
            module="atom",
            suffix=".atom",
            media_type="application/atom+xml",
            meaning="A feed of changes (Atom, RFC 4287): what was new, moved, confirmed or contradicted, by day.",
            is_news=True,
        ),
        Format(
            name="csv",
            module="flat_csv",
            suffix=".csv",
            media_type="text/csv",
            meaning="One row a record, for spreadsheets; what they would take for a formula is disarmed.",
        ),
        Format(
            name="jsonl",
            module="records_jsonl",
            suffix=".jsonl",
            media_type="application/jsonl",
            meaning="One record a line, with every field, as in the JSON Schema.",
        ),
        Format(
            name="parquet",
            module="flat_parquet",
            suffix=".parquet",
            media_type="application/vnd.apache.parquet",
            meaning="The rows of the CSV with types, for DuckDB, pandas and R.",
            is_text=False,
        ),
        Format(
            name="plover",
            module="plover",
            suffix=".jsonl",
            media_type="application/jsonl",
            meaning="Events in PLOVER's JSON, one a line; `modality` says whether they took place.",
        ),
        Format(
            name="polecat",
            module="polecat",
            suffix=".tab",
            media_type="text/tab-separated-values",
            meaning="Events that took place, in the forty columns of POLECAT.",
        ),
        Format(
            name="ftm",
            module="follow_the_money",
            suffix=".json",
            media_type="application/json+ftm",
            meaning="Entities of FollowTheMoney, one a line: events, sanctions, states, people, articles, notes.",
        ),
        Format(
            name="annotations",
            module="annotations",
            suffix=".jsonld",
            media_type="application/ld+json",
            meaning="Each record on its passage, as W3C Web Annotations.",
        ),
        Format(
            name="csl",
            module="references_csl",
            suffix=".json",
            media_type="application/vnd.citationstyles.csl+json",
            meaning="The documents as references for citation managers (CSL-JSON).",
        ),
        Format(
            name="ris",
            module="references_ris",
            suffix=".ris",
            media_type="application/x-research-info-systems",
            meaning="The same as RIS.",
        ),
        Format(
            name="bibtex",
            module="references_bibtex",
            suffix=".bib",
            media_type="application/x-bibtex",
            meaning="The same as BibTeX.",
        ),
        Format(
            name="graphml",
            module="graphml",
            suffix=".graphml",
            media_type="application/graphml+xml",
            meaning="The network of who holds which stance on which issue, for Gephi and visone.",
        ),
    )
}


def format_named(name: str) -> Format:
    """The format of that name; raises UsageError with those there are."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"There is no format {name!r}.", hint=f"Choose one of: {', '.join(FORMATS)}.") from None
