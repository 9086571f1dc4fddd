"""`python -m tests.attacks [NAME…]`: every attack, or those whose name holds a NAME, as everyone that this user can be.

Prints a table of attack by held; exits with 1 if one isn't.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.attacks import users
from tests.attacks.arena import Arena
from tests.attacks.corpus import corpus
from tests.attacks.grading import grade_all


def main(wanted: list[str]) -> int:
    attacks = [attack for attack in corpus() if not wanted or any(word in str(attack) for word in wanted)]
    if not attacks:
        print(f"No attack's name holds {' or '.join(wanted)}.", file=sys.stderr)
        return 2
    problems: dict[str, dict[str, list[str]]] = {}
    started = time.monotonic()
    for name in users.names():
        with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
            place = Path(folder)
            place.chmod(0o755)
            arena = Arena(place / "arena", users.user(name, place))
            problems[name] = grade_all(arena, attacks, alone=attacks)
    width = max(len(str(attack)) for attack in attacks)
    print(f"{'attack':<{width}}  {'  '.join(f'{name:<8}' for name in problems)}")
    for attack in attacks:
        cells = ["HOLE" if found[str(attack)] else "held" for found in problems.values()]
        print(f"{attack!s:<{width}}  {'  '.join(f'{cell:<8}' for cell in cells)}")
        for name, found in problems.items():
            for problem in found[str(attack)]:
                print(f"{'':<{width}}    {name}, {problem}")
    held = sum(not any(found[str(attack)] for found in problems.values()) for attack in attacks)
    print(f"\n{held} of {len(attacks)} attacks are held, in {time.monotonic() - started:.0f} s.")
    return 0 if held == len(attacks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
