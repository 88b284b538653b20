"""Files wherever they lie: on this machine, or in an object store (s3://, gs://, az:// …) through fsspec."""

import errno
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import StoreError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

FileName = Path | str  # of a file on this machine, or the address of an object

EXTRAS = {  # what reaches a store, by the beginning of its addresses: our extra
    **dict.fromkeys(("s3", "s3a"), "s3"),
    **dict.fromkeys(("gs", "gcs"), "gcs"),
    **dict.fromkeys(("az", "abfs", "abfss", "adl"), "azure"),
}
BLOCK = 5 << 20  # bytes fetched at a time
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
_WEB = frozenset({"http", "https"})
_MAGIC = re.compile(r"[*?\[]")
_CREDENTIALS = re.compile("credential|access denied|forbidden|permission|token|signature|403", re.I)


def is_object(name: FileName) -> bool:
    """Whether the name is an address in an object store; pages of the web are none.

    >>> is_object("s3://news/2019.jsonl"), is_object("https://isles.example/"), is_object("C:/news")
    (True, False, False)
    """
    found = _ADDRESS.match(name) if isinstance(name, str) else None
    return found is not None and found[1].lower() not in _WEB


def named(name: str) -> FileName:
    """The address as it is, else the path."""
    return name if is_object(name) else Path(name)


def find_objects(address: str) -> Iterator[str]:
    """The address itself, those of all objects below it, or those that fit its * ? [ or **, by name; hidden ones not.

    Raises StoreError where the store cannot be asked.
    """
    store, path = _store(address)
    scheme = address.partition("://")[0]
    try:
        if _MAGIC.search(path):
            found = [name for name in store.glob(path) if not store.isdir(name)]
        elif store.isdir(path):
            found = list(store.find(path))
        else:
            found = []
    except Exception as error:  # each store raises its own
        raise _told(address, error) from error
    base = _MAGIC.split(path)[0].rpartition("/")[0] if _MAGIC.search(path) else path
    shown = (name for name in sorted(found) if not any(part[:1] == "." for part in name[len(base) :].split("/")))
    yield from (f"{scheme}://{name.lstrip('/')}" for name in shown) if found else [address]


def open_object(address: str) -> io.BufferedReader:
    """The object, to be read from anywhere; raises OSError where it is not there or breaks off, StoreError as above."""
    store, path = _store(address)
    try:
        return io.BufferedReader(_Object(store.open(path, "rb", block_size=BLOCK)), BLOCK)
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, "the store has no such object", address) from error
    except OSError:
        raise
    except Exception as error:  # each store raises its own
        raise _told(address, error) from error


def open_file(name: FileName) -> io.BufferedReader:
    """The file or object, to be read from anywhere."""
    return open_object(name) if isinstance(name, str) and is_object(name) else Path(name).open("rb")


def mark_of(name: FileName) -> tuple[int, str]:
    """The bytes of a file or object, and what is another when it changes; raises OSError where it is not there."""
    if not isinstance(name, str) or not is_object(name):
        told = Path(name).stat()
        return told.st_size, str(told.st_mtime_ns)
    store, path = _store(name)
    try:
        about: dict[str, Any] = store.info(path)
    except OSError:
        raise
    except Exception as error:  # each store raises its own
        raise _told(name, error) from error
    marks = (about.get(key) for key in ("ETag", "etag", "md5Hash", "content_md5", "LastModified", "mtime", "created"))
    return int(about.get("size") or 0), str(next(filter(None, marks), ""))


def write_file(name: FileName, data: bytes) -> None:
    """Writes the bytes to a file or object; raises OSError or StoreError where that cannot be done."""
    if not isinstance(name, str) or not is_object(name):
        Path(name).write_bytes(data)
        return
    store, path = _store(name)
    try:
        with store.open(path, "wb") as stream:
            stream.write(data)
    except Exception as error:  # each store raises its own
        raise _told(name, error) from error


def move_file(path: Path, name: FileName) -> None:
    """Puts a file of this machine in the place of another, or of an object; raises as `write_file`."""
    if not isinstance(name, str) or not is_object(name):
        path.replace(name)
        return
    store, target = _store(name)
    try:
        store.put_file(str(path), target)
    except Exception as error:  # each store raises its own
        raise _told(name, error) from error
    finally:
        path.unlink()


class _Object(io.RawIOBase):
    """An open object; whatever its store raises is an OSError."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self.opened.seek(offset, whence))

    def tell(self) -> int:
        return int(self.opened.tell())

    def readinto(self, into: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            piece = self.opened.read(len(into))
        except OSError:
            raise
        except Exception as error:  # each store raises its own
            raise OSError(f"the store broke off: {_reason(error)}") from error
        into[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self.opened.close()
        super().close()


def _store(address: str) -> "tuple[AbstractFileSystem, str]":
    """What reaches the store, and the path in it; raises StoreError where it is not installed."""
    scheme = address.partition("://")[0].lower()
    extra = EXTRAS.get(scheme)
    hint = f'Type: pip install "detente[{extra}]"' if extra else f"Install fsspec, and what it needs for {scheme}://"
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 an extra

        store, path = url_to_fs(address)
    except ImportError as error:
        raise StoreError(f"What reads {scheme}:// is not installed.", hint=hint) from error
    except Exception as error:  # each store raises its own
        known = isinstance(error, ValueError) and "not known" in str(error)
        raise (StoreError(f"No store is called {scheme}://.", hint=hint) if known else _told(address, error)) from error
    return store, str(path)


def _told(address: str, error: Exception) -> StoreError:
    """What a store's own error means."""
    about = f"{type(error).__name__} {error}"
    if _CREDENTIALS.search(about):
        hint = (
            "Give the credentials as the store's own tools take them (for S3: AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or ~/.aws); for a public one: FSSPEC_S3_ANON=true"
        )
    else:
        hint = "Check the address and the network; a store elsewhere: FSSPEC_S3_ENDPOINT_URL=https://…"
    return StoreError(f"{address} cannot be reached: {_reason(error)}.", hint=hint)


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0][:200] if lines else type(error).__name__).rstrip(".")
