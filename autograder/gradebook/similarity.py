"""Pairs of hand-ins that share more than the stub, the reference and the class do, by copydetect's fingerprints.

Names of variables, comments and spacing don't count. A passage that is in the stub, in a program that is right, or in
more than a tenth of the class is nobody's own and is left out. It accuses nobody: it says what is shared by whom, and
by how many others. It must not know where the programs are kept.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydetect import CodeFingerprint

#: The shortest passage that counts, in characters of a program whose names are one letter each. All of them count: of
#: a choice among them copydetect makes another one in every run, for it goes by Python's hashes.
_PASSAGE, _WINDOW = 30, 1
#: A passage that more than this share of the class has is everybody's.
_COMMON = 0.1
#: Pairs that share less of what is their own are chance.
_LEAST = 0.3

Span = tuple[int, int]


@dataclass(frozen=True)
class Program:
    """One student's program."""

    student: str
    text: str


@dataclass(frozen=True)
class Pair:
    """Two programs: what share of each one's own passages is in the other, where they stand, and in how many more."""

    first: Program
    second: Program
    shares: tuple[float, float]
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]
    others: int
    identical: bool


def similar_pairs(programs: Sequence[Program], known: Iterable[str]) -> list[Pair]:
    """Return the pairs, those that share most first; `known` are programs that everybody may have: stub, reference."""
    theirs = {_digest(text) for text in known}
    programs = [each for each in programs if _digest(each.text) not in theirs]
    prints = {each.student: _fingerprint(each.text) for each in programs}
    held = Counter(number for each in prints.values() for number in each.hashes)
    common = {number for text in known for number in _fingerprint(text).hashes}
    common |= {number for number, count in held.items() if count > max(2, _COMMON * len(programs))}
    for each in prints.values():
        _leave_out(each, common)
    by_student = {each.student: each for each in programs}
    pairs = (_compare(by_student[a], by_student[b], prints, held) for a, b in _candidates(programs, prints))
    return sorted(
        (pair for pair in pairs if pair.identical or min(pair.shares) >= _LEAST),
        key=lambda pair: (-pair.identical, -min(pair.shares), pair.first.student, pair.second.student),
    )


def _fingerprint(text: str) -> CodeFingerprint:
    from copydetect import CodeFingerprint

    return CodeFingerprint("program.py", _PASSAGE, _WINDOW, language="python", fp=io.StringIO(text))


def _leave_out(prints: CodeFingerprint, common: set[int]) -> None:
    from copydetect.utils import get_token_coverage

    prints.hashes -= common
    prints.hash_idx = {number: places for number, places in prints.hash_idx.items() if number not in common}
    prints.token_coverage = get_token_coverage(prints.hash_idx, _PASSAGE, len(prints.filtered_code))


def _candidates(programs: Sequence[Program], prints: Mapping[str, CodeFingerprint]) -> list[tuple[str, str]]:
    """Return the pairs that have a passage in common, or are the same: few of all that there are."""
    groups: defaultdict[object, list[str]] = defaultdict(list)
    for each in programs:
        groups[_digest(each.text)].append(each.student)
        for number in prints[each.student].hashes:
            groups[number].append(each.student)
    return sorted({pair for group in groups.values() for pair in combinations(sorted(group), 2)})


def _compare(first: Program, second: Program, prints: Mapping[str, CodeFingerprint], held: Counter[int]) -> Pair:
    from copydetect import compare_files

    a, b = prints[first.student], prints[second.student]
    shared = a.hashes & b.hashes
    identical = first.text == second.text
    if not shared:
        return Pair(first, second, (0.0, 0.0), ((), ()), 0, identical)
    _, shares, slices = compare_files(a, b)
    spans = tuple(
        tuple(sorted((int(start), min(int(end), len(each.text))) for start, end in zip(*found, strict=True)))
        for each, found in zip((first, second), slices, strict=True)
    )
    others = max(held[number] for number in shared) - 2
    return Pair(first, second, (min(1.0, shares[0]), min(1.0, shares[1])), (spans[0], spans[1]), others, identical)


def _digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()
