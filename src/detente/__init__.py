"""détente: news in, and where two states stand out, every line traced to its passage."""

from typing import TYPE_CHECKING, Any

from detente.version import VERSION

__version__ = VERSION

if TYPE_CHECKING:
    from detente.api import Extraction, extract, find_attributions, find_event_type, find_event_types
    from detente.mentions.dates import find_dates
    from detente.workspace import Workspace
    from detente.workspace import open_workspace as open  # noqa: A004 `detente.open` reads as what it does

__all__ = [
    "Extraction",
    "Workspace",
    "__version__",
    "extract",
    "find_attributions",
    "find_dates",
    "find_event_type",
    "find_event_types",
    "open",
]


def __getattr__(name: str) -> Any:
    # Only what is asked for is imported: the command line answers without spaCy where no text is coded.
    if name == "open":
        from detente.workspace import open_workspace

        return open_workspace
    if name == "Workspace":
        from detente.workspace import Workspace

        return Workspace
    if name == "find_dates":
        from detente.mentions.dates import find_dates

        return find_dates
    if name in __all__:
        import detente.api

        return getattr(detente.api, name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
