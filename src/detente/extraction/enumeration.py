"""Splits "A, B and C, and D" into as many parts as the text counts."""

import re

SEPARATOR = re.compile(r"\s*(?:[,;]\s+(?:and|or|as well as)|[,;]|\b(?:and|or|as well as)\b)\s+")


def split_enumeration(words: str, count: int | None = None) -> tuple[str, ...]:
    """The parts of an enumeration in order; exactly `count` of them where that many can be had.

    A comma with "and" is the strongest joint, then a comma, then a bare "and"; of equal ones the first.

    >>> split_enumeration("trade, law and order, and arts, sports and travel", 3)
    ('trade', 'law and order', 'arts, sports and travel')
    >>> split_enumeration("trade, fish and crime")
    ('trade', 'fish', 'crime')
    """
    joints = list(SEPARATOR.finditer(words))
    if count is None:
        strong = [joint for joint in joints if _strength(joint.group()) == 0]
        chosen = [j for j in joints if _strength(j.group()) <= 1] if strong else joints
    else:
        chosen = sorted(joints, key=lambda joint: (_strength(joint.group()), joint.start()))[: count - 1]
    parts, at = [], 0
    for joint in sorted(chosen, key=lambda joint: joint.start()):
        parts.append(words[at : joint.start()])
        at = joint.end()
    return tuple(part.strip() for part in (*parts, words[at:]) if part.strip())


def _strength(joint: str) -> int:
    """0 for a comma with a conjunction, 1 for a comma, 2 for a bare conjunction."""
    has_comma = "," in joint or ";" in joint
    has_word = bool(re.search(r"\w", joint))
    return 0 if has_comma and has_word else 1 if has_comma else 2
