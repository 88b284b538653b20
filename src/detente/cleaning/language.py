"""Which language a text is in, by counting function words."""

import collections
import re
import unicodedata

from detente.codebook.languages import load_language_words

UNDETERMINED = "und"  # BCP 47 for "no telling"
SAMPLE = 20_000  # characters are enough to tell a language
CLOSE = 0.8  # of the best language's share: names and quotations tip the scales
FEW_WORDS = 12  # so few words need not hold a function word
_WORD = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str:
    """The BCP 47 code of the language a text is in, "und" where nothing tells it.

    >>> find_language("The talks were held in Geneva."), find_language("Die Gespräche sind in Genf.")
    ('en', 'de')
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script:
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return UNDETERMINED
    lexicon = load_language_words()
    counts = collections.Counter(words)
    shares = {code: sum(counts[word] for word in listed) / len(words) for code, listed in lexicon.words.items()}
    best = max(shares, key=lambda code: shares[code])
    if shares["en"] >= lexicon.least_share and shares["en"] >= shares[best] * CLOSE:
        return "en"
    if shares[best] < lexicon.least_share or best == "en":
        return "en" if len(words) <= FEW_WORDS and shares["en"] >= shares[best] else UNDETERMINED
    return best


def language_name(code: str) -> str:
    """The English name of a language, its code where the data has none."""
    return load_language_words().names.get(code, code)


def _script(sample: str) -> str | None:
    """The language of the script that most letters belong to, None for Latin letters."""
    if sample.isascii():
        return None
    scripts = load_language_words().scripts
    letters = collections.Counter(
        unicodedata.name(char, "").split(" ")[0] if not char.isascii() else "" for char in sample if char.isalpha()
    )
    counts = collections.Counter({scripts[name]: n for name, n in letters.items() if name in scripts})
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return code if count * 2 > letters.total() else None
