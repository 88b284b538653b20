"""What a worker builds once: the language pipeline, the registry, the versions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.codebook.files import data_version
from detente.codebook.registry import Registry, load_registry
from detente.records import Provenance
from detente.refuse import look_for_refuse_rarely
from detente.version import VERSION

if TYPE_CHECKING:
    from detente.parsing import Pipeline

CODER = f"detente-{VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Everything coding needs besides the document."""

    pipeline: "Pipeline"
    registry: Registry
    provenance: Provenance


def build_kit(pipeline: str) -> Kit:
    """A kit with the pipeline of that name ("bundled"); loads it, which takes about half a second."""
    from detente.parsing import load_pipeline  # spaCy is slow to import: only coding pays for it

    loaded = load_pipeline(pipeline)
    provenance = Provenance(coder=CODER, model=loaded.version, data=data_version())
    kit = Kit(pipeline=loaded, registry=load_registry(), provenance=provenance)
    look_for_refuse_rarely()
    return kit
