"""Puts the brief of the bundled dispatches, shortened, into README.md: python tools/build_readme.py."""

import re
import tempfile
from pathlib import Path

from detente.adapters.exporters.brief_text import write_text
from detente.adapters.readers import read_path
from detente.codebook.files import data_file
from detente.workspace import Details, init_workspace

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"^```text\n.*?^```$", re.MULTILINE | re.DOTALL)
CUT = "  […]"
SHOWN = {"Planned": 8, "In the way": 14, "What happened": 10, "On whose word": 1, "Not known": 1, "Sources": 4}


def printed() -> str:
    """The brief as `detente demo` prints it."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = init_workspace(Path(folder) / "w", [("USA", "CHN")])
        workspace.add(read_path(Path(str(data_file("examples/usa-chn")))), Details())
        text = write_text(workspace.brief())
        workspace.close()
    return text


def shortened(text: str) -> str:
    """The head and the first lines of each section, with a sign where lines are left out."""
    head, *sections = text.split("\n\n")
    out = [head]
    for section in sections:
        name, *lines = section.splitlines()
        if name in SHOWN:
            kept = lines[: SHOWN[name]]
            out.append("\n".join([name, *kept, *([CUT] if len(lines) > len(kept) else [])]))
    return "\n\n".join(out)


if __name__ == "__main__":
    block = f"```text\n{shortened(printed())}\n```"
    README.write_text(BLOCK.sub(lambda _: block, README.read_text(encoding="utf-8")), encoding="utf-8")
