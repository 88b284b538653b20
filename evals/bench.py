"""Speed and memory of `add`, on texts made of the bundled dispatches: documents a second, the share of parsing, growth.

Prints one line a figure. CPU seconds of this process; the largest memory it held.
"""

import dataclasses
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from detente.adapters.readers import read_path
from detente.cleaning import Draft
from detente.codebook.files import data_file
from detente.workspace import Details, init_workspace

SIZES = (100, 1_000)
PAIR = ("USA", "CHN")


def drafts(number: int) -> Iterator[Draft]:
    """So many texts, each another document by its address."""
    bundled = [d for d in read_path(Path(str(data_file("examples/usa-chn")))) if isinstance(d, Draft)]
    for at in range(number):
        yield dataclasses.replace(bundled[at % len(bundled)], url=f"https://example.org/{at}", raw=None)


def main() -> None:
    """Prints the figures."""
    started = time.process_time()
    seconds = {}
    for number in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            workspace = init_workspace(Path(folder) / "w", [PAIR])
            kit = workspace.kit
            print(f"set-up for {number}: {time.process_time() - started:.2f} CPU s")
            parse, spent = kit.pipeline.parse_many, [0.0]

            def timed(items, parse=parse, spent=spent):  # type: ignore[no-untyped-def]
                docs = parse(items)
                while True:
                    at = time.process_time()
                    doc = next(docs, None)
                    spent[0] += time.process_time() - at
                    if doc is None:
                        return
                    yield doc

            kit.pipeline.parse_many = timed  # type: ignore[method-assign]
            at = time.process_time()
            workspace.add(drafts(number), Details())
            seconds[number] = time.process_time() - at
            words = sum(len(draft.text.split()) for draft in drafts(number))
            print(
                f"add {number} documents: {seconds[number]:.1f} CPU s, {number / seconds[number]:.1f} documents/CPU s"
            )
            print(f"  {words / seconds[number]:.0f} words/CPU s; parsing {spent[0] / seconds[number]:.0%} of it")
            at = time.process_time()
            workspace.brief()
            print(f"  brief: {time.process_time() - at:.2f} CPU s")
            workspace.close()
            started = time.process_time()
    small, large = SIZES
    print(f"growth {small} to {large}: {seconds[large] / seconds[small]:.1f} times (linear is {large / small:.0f})")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
