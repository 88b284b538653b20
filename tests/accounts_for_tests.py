"""What an export is written from, made of a few records; one document is hostile."""

import dataclasses
import datetime as dt

from records_for_tests import CHN, USA, agenda, day, document, event, month, position, shared

from detente.adapters.exporters.account import Account
from detente.codebook.registry import load_registry
from detente.records import (
    Actor,
    EventType,
    Factuality,
    Issue,
    Manner,
    Measure,
    Outcome,
    Span,
    Stance,
    Statement,
    Step,
    Teller,
    Voice,
)
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.words import Words

WORDS = Words(load_registry())
TRADE = (Issue(theme="trade", label="Trade"),)
EARLY = dataclasses.replace(
    document("The two are to meet in November. China demands an end to the tariffs. They met on Friday."),
    url="https://wire.example/2019/11/02/talks?a=1&b=2",
    byline="Ada Fielding",
)
LATE = document(
    "The meeting in November was put off to December. A new ban hits one firm.", published=dt.date(2019, 11, 9)
)
SIGNS = '=1+1 <script>alert(1)</script> ]]> & } \\ % \t"; \x00 \x0b ＝2'
HOSTILE = dataclasses.replace(
    document(f"{SIGNS} was said. They spoke {SIGNS} on Monday.", published=dt.date(2019, 11, 5)),
    title=f"=cmd|' /C calc'!A0\nER  - \r\nTY  - \ud800 {SIGNS}",
    outlet=f"@SUM(1)\nEND:VEVENT {SIGNS}",
    byline=f"-2+3 {SIGNS}",
    url="javascript:alert(1)",
)
PLAN = agenda(EARLY, "The two are to meet in November.", when=month(2019, 11), issues=TRADE)
PUT_OFF = agenda(
    LATE,
    "The meeting in November was put off to December.",
    when=month(2019, 12),
    outcome=Outcome.SLIPPED,
    factuality=Factuality.HAPPENED,
)
DEMAND = position(EARLY, "an end to the tariffs")
TALKS = event(EARLY, "They met on Friday.", when=day("2019-11-01"), mode="visit", issues=TRADE, where="USA")
HOSTILE_TALKS = event(
    HOSTILE,
    f"They spoke {SIGNS} on Monday.",
    initiators=(
        Actor(words=f"=A1 {SIGNS}", organisation=f"+Firm {SIGNS}"),
        Actor(words="Ann Lee", person="Ann Lee", state="USA"),
    ),
    issues=(Issue(theme="own", label=f"=Issue {SIGNS}"),),
)
THREAT = event(
    EARLY, "China demands an end", EventType.THREATEN, factuality=Factuality.THREATENED, when=month(2019, 12)
)
OPINION = position(EARLY, "China demands", Stance.RED_LINE, voice=Voice.AUTHOR)
SAID = Statement(
    content=(Span(start=0, end=len(SIGNS), quote=SIGNS),),
    manner=Manner.DIRECT,
    speaker=USA,
    **shared(
        "statement",
        HOSTILE,
        SIGNS,
        "direct",
        {"voice": Voice.ATTRIBUTED, "attribution": (Teller(outlet=f"=Outlet {SIGNS}"),), "issues": TRADE},
    ),
)
BAN = Measure(
    kind="ban",
    name="Firm Act",
    imposers=(USA,),
    targets=(CHN,),
    steps=(Step(step="in force", when=day("2019-11-08")),),
    standing="in force",
    **shared("measure", LATE, "A new ban hits one firm.", "ban", {}),
)
RECORDS = (PLAN, PUT_OFF, DEMAND, TALKS, HOSTILE_TALKS, THREAT, OPINION, SAID, BAN)
DOCUMENTS = (EARLY, HOSTILE, LATE)


def account(records=RECORDS, *, issue=None, **more) -> Account:
    """An account of these records, on the day of the newest document if no other is given."""
    texts = {one.id: one.text for one in DOCUMENTS}
    fields = {
        "pair": ("USA", "CHN"),
        "as_of": dt.date(2019, 11, 9),
        "since": None,
        "records": tuple(records),
        "undated": (),
        "documents": tuple(dataclasses.replace(one, text="") for one in DOCUMENTS),
    }
    return Account(Known(Material(**(fields | more)), WORDS), texts.__getitem__, issue)
