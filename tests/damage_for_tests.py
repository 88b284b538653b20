"""Ways in which a file is damaged: what disks, mail programs, crawlers and hostile people do to it.

Each takes bytes and a generator of chance, and gives other bytes; the same chance gives the same damage.
"""

import random
import re
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

LONGEST = 150_000  # bytes of what comes out: more takes time and finds no more
STEPS = (1, 1, 1, 2, 2, 3, 8, 25)  # damages of one file
HUGE = (b"0", b"-1", b"1e999", b"65536", b"2147483648", b"4294967295", b"18446744073709551616", b"9" * 400)
NESTS = (b"[", b"{", b'{"a":', b"(", b"<div>", b"<b", b"<!--", b"<![CDATA[", b'"', b"=?utf-8?q?", b"--b\r\n", b"\\u")
CODECS = ("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "utf-7", "cp037", "koi8-r", "shift_jis", "cp1252", "gb18030")
SIGNS = (b"\0", b"\r", b"\n", b"\r\n\r\n", b"\t", b'"', b"'", b",", b";", b"\\", b"\x1a", b"\xff\xfe", b"\xed\xa0\x80")
NUMBER = re.compile(rb"\d+")


def flip(data: bytes, chance: random.Random) -> bytes:
    """A bit is another."""
    out = bytearray(data)
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def overwrite(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    at = _place(data, chance)
    piece = chance.randbytes(chance.randint(1, 20))
    return data[:at] + piece + data[at + len(piece) :]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: _place(data, chance)]


def behead(data: bytes, chance: random.Random) -> bytes:
    """The beginning is missing."""
    return data[min(_place(data, chance), 200) :]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    """A piece is missing."""
    begin, end = _piece(data, chance)
    return data[:begin] + data[end:]


def double(data: bytes, chance: random.Random) -> bytes:
    """A piece stands twice or more."""
    begin, end = _piece(data, chance)
    times = min(chance.choice((1, 1, 2, 50, 2_000)), LONGEST // max(1, end - begin))
    return data[:end] + data[begin:end] * times + data[end:]


def swap(data: bytes, chance: random.Random) -> bytes:
    """A piece stands elsewhere."""
    begin, end = _piece(data, chance)
    rest = data[:begin] + data[end:]
    at = _place(rest, chance)
    return rest[:at] + data[begin:end] + rest[at:]


def put_in(data: bytes, chance: random.Random) -> bytes:
    """Bytes or signs that do not belong there."""
    at = _place(data, chance)
    return data[:at] + chance.choice((chance.randbytes(chance.randint(1, 40)), chance.choice(SIGNS))) + data[at:]


def inflate(data: bytes, chance: random.Random) -> bytes:
    """A number is huge, negative or none."""
    found = list(NUMBER.finditer(data))
    if not found:
        return put_in(data, chance)
    number = chance.choice(found)
    return data[: number.start()] + chance.choice(HUGE) + data[number.end() :]


def nest(data: bytes, chance: random.Random) -> bytes:
    """Something begins, and within it the same, and so on."""
    at, times = _place(data, chance), chance.choice((2, 30, 1_500, 20_000))
    return data[:at] + chance.choice(NESTS) * times + data[at:]


def recode(data: bytes, chance: random.Random) -> bytes:
    """Other bytes for the same characters, of all of it or from a place on."""
    at = chance.choice((0, 0, _place(data, chance)))
    return data[:at] + data[at:].decode("utf-8", "replace").encode(chance.choice(CODECS), "replace")


def recode_twice(data: bytes, chance: random.Random) -> bytes:
    """What is UTF-8 was taken for something else, and written as UTF-8."""
    return data.decode("latin-1").encode()


def break_lines(data: bytes, chance: random.Random) -> bytes:
    """Lines end otherwise, or not at all."""
    return data.replace(b"\n", chance.choice((b"", b"\r", b"\r\n", b"\n\n", b"\x0b", b"\xe2\x80\xa8")))


def blank(data: bytes, chance: random.Random) -> bytes:
    """A stretch is zero, as of a disk that lost power."""
    begin, end = _piece(data, chance)
    return data[:begin] + b"\0" * (end - begin) + data[end:]


DAMAGES: tuple[Damage, ...] = (
    *(flip, overwrite, cut_off, behead, cut_out, double, swap, put_in),
    *(inflate, nest, recode, recode_twice, break_lines, blank),
)


def damaged(data: bytes, chance: random.Random, others: tuple[bytes, ...] = ()) -> bytes:
    """The bytes after one damage or more; now and then a piece of one of the `others` stands in them."""
    for _ in range(chance.choice(STEPS)):
        if others and chance.random() < 1 / (len(DAMAGES) + 1):
            data = splice(data, chance, chance.choice(others))
        else:
            data = chance.choice(DAMAGES)(data, chance)
        data = data[:LONGEST]
    return data


def splice(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """A piece of another file stands in this one, or follows it."""
    begin, end = _piece(other, chance)
    at = chance.choice((len(data), _place(data, chance)))
    return data[:at] + other[begin:end] + data[at:]


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Where a piece begins and ends: mostly a short one."""
    begin = _place(data, chance)
    return begin, min(len(data), begin + chance.choice((1, 4, chance.randrange(40), chance.randrange(len(data) + 1))))
