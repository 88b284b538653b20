"""Quality has a floor that only rises: runs the development scores and our own and compares them with floors.json.

The development data lies beside the project and is pinned by digest; where it is missing this says so and stops. Scores
that name no data are scripts of this folder.
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEV = HERE.parents[1] / "shared" / "dev"
FIGURE = re.compile(r"-?\d*\.\d+|\d+")
LONGEST = 1_200  # seconds that one score may take


def main() -> int:
    """0 where every figure reaches its floor, 1 where one falls below."""
    if not DEV.is_dir():
        print(f"The development data is not beside the project ({DEV.name} is missing): nothing to measure.")
        return 0
    gate = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    below = 0
    for score in gate["scores"]:
        folder = DEV if "data" in score else HERE
        if "data" in score and hashlib.sha256((DEV / score["data"]).read_bytes()).hexdigest() != score["sha256"]:
            print(f"{score['data']} is another version: its floors do not hold. Measure anew and write floors.json.")
            return 1
        command = [sys.executable, score["script"]]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=True)  # noqa: S603 our own scores
        below += sum(not _reaches(done.stdout, floor) for floor in score["floors"])
    return 1 if below else 0


def _reaches(output: str, floor: dict[str, object]) -> bool:
    line = next(line for line in output.splitlines() if str(floor["line"]) in line)
    rest = line.partition(str(floor["line"]))[2]
    figure = float(FIGURE.findall(rest)[int(str(floor["at"]))])
    least = float(str(floor["least"]))
    print(f"{'ok   ' if figure >= least else 'BELOW'} {floor['name']}: {figure:g} (floor {least:g})")
    return figure >= least


if __name__ == "__main__":
    sys.exit(main())
