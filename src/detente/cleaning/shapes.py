"""What a line looks like: a sentence, a headline, a heading, a name."""

import re

from detente.codebook.headlines import load_headline_words

SENTENCE_WORDS = 4  # fewer do not make a sentence of the story
HEADING_WORDS = 10  # a heading is no longer
PLAIN_HEADING_WORDS = 6  # a phrase up to this length needs nothing else to be a heading
HEADLINE_MAX = 200  # characters
_END = re.compile(r"[.!?…]['\"”’)\]»]*$")
_QUOTE_END = re.compile(r"[\"”»]$")
_ELLIPSIS_END = re.compile(r"(?:\.\.\.|…)$")
_WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*")
_SIGNED = re.compile(r"[—–-]\s?[^()\n]{2,60}\(@\w{2,30}\)[^()\n]{0,30}$")
_BULLET = re.compile(r"^(?:[•●▪■◆–—*·►-]\s+|\(?\d{1,2}[.)]\s+)")


def words_of(line: str) -> list[str]:
    """The words of a line without punctuation."""
    return _WORD.findall(line)


def ends_sentence(line: str) -> bool:
    """Whether a line ends as sentences end; an ellipsis after a short phrase does not."""
    if _ELLIPSIS_END.search(line) and len(words_of(line)) <= PLAIN_HEADING_WORDS:
        return False
    return bool(_END.search(line))


def is_sentence(line: str) -> bool:
    """Whether a line is or ends with a sentence of the story: the mark at its end, and words enough.

    >>> is_sentence("They met on Friday."), is_sentence("What comes next ..."), is_sentence("Why now?")
    (True, False, False)
    """
    if is_signed(line):
        return True
    count = len(words_of(line))
    if line.endswith("?") and count <= HEADING_WORDS and line[0].isupper() and not _END.search(line[:-1]):
        return not (_starts_question(line) or count < SENTENCE_WORDS)
    if _QUOTE_END.search(line) and count >= SENTENCE_WORDS and not line.isupper():
        return True
    return ends_sentence(line) and (count >= SENTENCE_WORDS or _is_short_sentence(line))


def is_signed(line: str) -> bool:
    """Whether a line is, or ends, a message that its sender's name and handle sign.

    >>> is_signed("Good talks! — Ana Rojas (@arojas) May 3, 2018"), is_signed("Ana Rojas (@arojas) flew to Oslo.")
    (True, False)
    """
    return "(@" in line and bool(_SIGNED.search(line))


def _is_short_sentence(line: str) -> bool:
    """“He refused.” is one, “Inc.” is not."""
    return len(words_of(line)) > 1 and line[-1] in '.!”"' and not words_of(line)[-1].isupper()


def _starts_question(line: str) -> bool:
    return words_of(line)[0].lower().split("’")[0].split("'")[0] in load_headline_words().openers


def is_bullet(line: str) -> bool:
    """Whether a line is an item of a list with words enough to be read."""
    return bool(_BULLET.match(line)) and len(words_of(line)) >= SENTENCE_WORDS


def is_unended_sentence(line: str) -> bool:
    """Whether a line is a sentence that lost its full stop.

    It is long for a headline, or has articles and a finite verb as headlines seldom do.
    """
    found = words_of(line)
    low = [word.lower() for word in found]
    if len(line) > HEADLINE_MAX:
        return True
    if line.endswith((":", ",", ";")) and len(found) >= SENTENCE_WORDS:
        return True
    lexicon = load_headline_words()
    articles = sum(word in lexicon.articles for word in low)
    finite = any(word in lexicon.finite or _is_past(word) for word in low[1:])
    return finite and articles >= 2 and len(found) > HEADING_WORDS and not is_title_case(line)  # noqa: PLR2004


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed")  # noqa: PLR2004 (shorter words in -ed are no past tenses)


def has_headline_verb(line: str) -> bool:
    """Whether a line tells something in the present tense of headlines; its first word does not count.

    >>> [has_headline_verb(line) for line in ("Minister visits Vienna", "Writers win awards", "Visits and meetings")]
    [True, True, False]
    """
    lexicon = load_headline_words()
    found = words_of(line)
    for index, word in enumerate(found[1:], start=1):
        low, before = word.lower(), found[index - 1]
        after = found[index + 1].lower() if index + 1 < len(found) else ""
        if low in lexicon.plural and before.endswith("s") and after and after not in lexicon.linking:
            return True
        if low not in lexicon.present:
            continue
        if low not in lexicon.also_nouns or (before[0].isupper() and after and after not in lexicon.linking):
            return True
    return False


def is_title_case(line: str) -> bool:
    """Whether nearly all longer words of a line are capitalised."""
    longer = [word for word in words_of(line) if len(word) > 3 and word[0].isalpha()]  # noqa: PLR2004 (of, and, the)
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)


def introduces(line: str) -> bool:
    """Whether a line leads over to what it names: "From the ministry:".

    Such a line is read with the story, for it says whose words follow.
    """
    found = words_of(line)
    if not line.endswith(":") or not found:
        return False
    lexicon = load_headline_words()
    low = [word.lower() for word in found]
    tells = any(word in lexicon.finite or _is_past(word) for word in low)
    return tells or low[0] in lexicon.linking or low[-1] in lexicon.articles


def is_heading(line: str) -> bool:
    """Whether a line without a final full stop is the heading of a section rather than a headline of another article.

    A heading is a topic: a short phrase, a question, capitals throughout, or a phrase left open by an ellipsis.

    >>> is_heading("Arms sales"), is_heading("Minister invites envoy to Vienna for talks, sources say")
    (True, False)
    """
    count = len(words_of(line))
    if count == 0 or count > HEADING_WORDS:
        return False
    if line.isupper() or _ELLIPSIS_END.search(line) or line.endswith(":"):
        return True
    if _starts_question(line):
        return True
    return count <= PLAIN_HEADING_WORDS and not has_headline_verb(line)


def is_name(line: str) -> bool:
    """Whether a line can be the name of a person: two to four words, all capitalised, none in capitals throughout."""
    found = line.split()
    return 2 <= len(found) <= 4 and all(  # noqa: PLR2004 (given name, initials, family name)
        word[0].isupper() and not (word.isupper() and len(word.strip(".")) > 1) for word in found
    )
