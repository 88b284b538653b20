"""The bytes of texts as they came, kept in a workspace so that they can be read again."""

from pathlib import Path

from detente.errors import WorkspaceError
from detente.parcel import Parcel

RAW_FOLDER = "raw"


def keep_raw(parcel: Parcel, folder: Path) -> None:
    """Writes the bytes of a text, where it has any, under the id of its document; whole or not at all.

    Raises WorkspaceError where they cannot be written: what was added before is kept.
    """
    if parcel.raw is None:
        return
    folder.mkdir(exist_ok=True)
    # "news.jsonl:3" names a line
    suffix = parcel.raw_as or Path(parcel.path or "").suffix.partition(":")[0] or ".txt"
    half = folder / f"{parcel.document}{suffix}.part"
    try:
        half.write_bytes(parcel.raw)
        half.replace(folder / f"{parcel.document}{suffix}")
    except OSError as error:
        half.unlink(missing_ok=True)
        raise WorkspaceError(
            f"The bytes of {parcel.path or parcel.document} cannot be kept in raw/: {error.strerror}.",
            hint="Free some space on the disk and type it again: what was added before is kept.",
        ) from error
