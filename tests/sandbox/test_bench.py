"""Many versions of one program in one worker: each as if it were alone, and none that keeps the others waiting."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from autograder.sandbox.bench import Bench, Came
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Called
from autograder.sandbox.starter import DEFAULT_BUDGET

SOURCE = "def f(x):\n    return x + 1\n"
#: What stands at the place of `x + 1` there.
START, END = SOURCE.index("x + 1"), SOURCE.index("x + 1") + 5
ONE = [Called("f", (1,))]


@pytest.fixture
def bench(zygote: Zygote) -> Iterator[Bench]:
    with Bench(zygote, "f.py", DEFAULT_BUDGET) as bench:
        yield bench


def returning(*texts: str) -> list[list[tuple[int, int, str]]]:
    return [[(START, END, text)] for text in texts]


def only(came: list[list[Came]]) -> list[Came]:
    return [each[0] for each in came]


def test_each_version_gives_its_own_answer(bench: Bench) -> None:
    came = bench.answers(SOURCE, [[], *returning("x * 5", "[x, 'ä']", "None")], ONE)
    assert [each.value for each in only(came)] == [2, 5, [1, "ä"], None]


def test_what_lies_after_a_letter_of_two_bytes_is_found(bench: Bench) -> None:
    source = "def f(x):\n    ä = 'ö'; return x\n"
    place = source.encode().index(b"return x")
    assert only(bench.answers(source, [[(place, place + 8, "return ä")]], ONE))[0].value == "ö"


def test_several_calls_and_arrays(bench: Bench) -> None:
    calls = [Called("f", (np.arange(3.0),)), Called("f", (), {"x": 2})]
    (plus, twice) = bench.answers(SOURCE, [[], *returning("2 * x")], calls)
    np.testing.assert_array_equal(plus[0].value, [1, 2, 3])
    np.testing.assert_array_equal(twice[0].value, [0, 2, 4])
    assert (plus[1].value, twice[1].value) == (3, 4)


def test_an_exception_and_what_can_not_be_loaded_are_answers_too(bench: Bench) -> None:
    came = only(bench.answers(SOURCE, returning("x[0]", "x +", "g(x)"), ONE))
    types = [each.failure.type for each in came if isinstance(each.failure, ProgramError)]
    assert types == ["TypeError", "SyntaxError", "NameError"]


def test_one_that_never_ends_is_cut_short_and_the_next_goes_on(bench: Bench) -> None:
    source = "def f(x):\n    while x:\n        try:\n            x = x\n        except Exception:\n            pass\n"
    place = source.index("x = x")
    endless, ended = bench.answers(source, [[], [(place, place + 5, "return 7")]], ONE)
    assert endless == []
    assert ended[0].value == 7


def test_no_version_sees_what_another_did(bench: Bench) -> None:
    source = "seen = []\ndef f(x):\n    x.append(1)\n    seen.append(1)\n    return len(x) + len(seen)\n"
    came = bench.answers(source, [[], [], []], [Called("f", ([],))] * 2)
    assert [[each.value for each in version] for version in came] == [[2, 3]] * 3


def test_changed_arguments_and_warnings_are_told_when_watched(bench: Bench) -> None:
    source = "import numpy as np\ndef f(x):\n    x[0] = 1\n    return np.log(0 * x)\n"
    (came,) = bench.answers(source, [[]], [Called("f", (np.zeros(2),))], watch=True)
    assert came[0].changed == ("x",)
    assert came[0].warned


def test_a_worker_that_dies_answers_nothing_and_the_next_request_has_another(bench: Bench) -> None:
    assert bench.answers("import os\nos._exit(0)\n", [[], []], ONE) == [[], []]
    assert only(bench.answers(SOURCE, [[]], ONE))[0].value == 2


def test_an_object_that_stays_inside_equals_nothing_but_its_kind(bench: Bench) -> None:
    (came,) = bench.answers(SOURCE, returning("object()"), ONE)
    assert type(came[0].value).__name__ == "Opaque"


def test_versions_whose_answers_fill_a_frame_are_left_for_the_next_request(bench: Bench) -> None:
    bench.seconds = 0.1
    versions = returning(*(f"[{10**9 + k}] * 3000" for k in range(20)))
    came = bench.answers(SOURCE, versions, ONE)
    assert 0 < len(came) < 20
    assert [each[0].value[0] for each in came] == [10**9 + k for k in range(len(came))]
