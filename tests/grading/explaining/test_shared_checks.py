"""A check that asks two functions, both mistaken: each belief is told with what its own function did alone."""

from __future__ import annotations

import ast
import io
import json

import pytest
from rich.console import Console

from autograder.feedback import html, mistakes, terminal
from autograder.grading.report import Report
from tests.command import REPOSITORY
from tests.grading.judges import Graded
from tests.handing_in import begun

pytestmark = pytest.mark.reasons

#: An exercise, and two of its functions with the belief that each of them shows.
PAIRS = [
    ("exercise-05", {"norm_bound": "frobenius-for-spectral", "jacobian_product": "product-reversed"}),
    ("exercise-02", {"decay_table": "product-for-power", "horizon": "nearest-step-for-first"}),
    ("exercise-02", {"decay_table": "rows-and-columns-swapped", "horizon": ""}),
]
SHARED = "calls_are_independent"
#: An answer of exercise-02 that no misconception of the course and no simple line explains.
UNEXPLAINED = "def horizon(rho, eps=1e-3):\n    return int(1000 * rho) + int(30 * eps) ** 2 % 7\n"


def both(exercise: str, beliefs: dict[str, str]) -> str:
    """One program with a function of each belief's known-wrong program."""
    parts = ["import numpy as np"]
    for function, belief in beliefs.items():
        file = REPOSITORY / "solutions" / exercise / "misconceptions" / f"{belief}.py"
        tree = ast.parse(file.read_text(encoding="utf-8") if belief else UNEXPLAINED)
        functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
        parts += [ast.unparse(each) for each in functions if each.name == function]
    return "\n\n\n".join(parts) + "\n"


@pytest.mark.parametrize(("exercise", "beliefs"), PAIRS, ids=["matrices", "a table", "one known"])
def test_each_belief_counts_the_checks_that_its_own_function_fails(
    exercise: str, beliefs: dict[str, str], graded: Graded
) -> None:
    report = graded(exercise, both(exercise, beliefs))
    known = {function: belief for function, belief in beliefs.items() if belief}
    assert {each.functions[0]: each.misconception for each in report.explanations if each.kind == "belief"} == known
    for finding in mistakes.findings(report):
        if finding.is_belief:
            assert finding.explanation is not None
            (other,) = beliefs.keys() - set(finding.explanation.functions)
            messages = [case.message for case in finding.cases]
            assert not [each for each in messages if f"{other}: " in each]
            assert f"{other} goes wrong here, too." in [case.besides for case in finding.cases]
    shared = next(each for each in report.checks if each.id == SHARED)
    assert [f"{name}: " in shared.message for name in beliefs] == [True, True]
    assert shared.misconception is not None
    assert shared.message.startswith(f"{shared.faults[0].functions[0]}: ")
    assert known[shared.faults[0].functions[0]] == shared.misconception.id


def test_a_belief_that_shows_in_two_functions_is_told_once(graded: Graded) -> None:
    file = REPOSITORY / "solutions/exercise-03/misconceptions/sigmoid-value-for-slope.py"
    (held,) = graded("exercise-03", file.read_text(encoding="utf-8")).explanations
    assert (held.misconception, held.because) == ("sigmoid-value-for-slope", "")
    assert held.functions == ["gradient_ceiling", "peak_derivative"]
    assert held.checks == ["worked_ceiling", "ceiling", "peaks"]


def test_every_way_to_show_it_says_so(graded: Graded) -> None:
    report = graded(PAIRS[0][0], both(*PAIRS[0]))
    console = Console(file=io.StringIO(), width=80)
    terminal.render(report, console)
    for shown in (console.file.getvalue(), html.render(report)):  # type: ignore[attr-defined]
        assert shown.count("jacobian_product goes wrong here, too.") == 1
        assert shown.count("norm_bound goes wrong here, too.") == 1
    check = next(each for each in json.loads(report.to_json())["checks"] if each["id"] == SHARED)
    assert [each["functions"] for each in check["faults"]] == [["norm_bound"], ["jacobian_product"]]
    assert Report.from_json(report.to_json()) == report


def test_what_costs_most_points_comes_first_whatever_explains_it(graded: Graded) -> None:
    """A line to look at is of the belief before it only if it mends the same function."""
    norm = """
def norm_bound(W_hh, steps, slope=1.0):
    if W_hh.shape[0] > 2:
        return (slope * np.linalg.norm(W_hh, "fro")) ** steps
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
"""
    report = graded("exercise-05", both("exercise-05", {"jacobian_product": "empty-product-is-zero"}) + norm)
    assert [(each.kind, each.functions) for each in report.explanations] == [
        ("line", ["norm_bound"]),
        ("belief", ["jacobian_product"]),
    ]


def test_a_belief_in_the_answers_is_named_beside_another_exception(graded: Graded) -> None:
    file = REPOSITORY / "solutions/exercise-03/misconceptions/slope-not-squared.py"
    report = graded("exercise-03", file.read_text(encoding="utf-8").replace("raise ValueError", "raise KeyError"))
    told = {each.title: each for each in report.explanations if each.functions == ["derivative"]}
    belief = next(each for each in told.values() if each.kind == "belief")
    refused = told["derivative: it raises KeyError and not ValueError, where it should refuse"]
    assert belief.misconception == "slope-not-squared"
    assert belief.because == "Where an answer is promised, your derivative does what one with this mistake does."
    assert "unknown_names" not in belief.checks
    assert refused.checks == ["unknown_names"]


def test_a_belief_is_named_beside_a_mistake_that_a_check_passes_over(graded: Graded) -> None:
    """One check calls the other function only to see what becomes of its argument."""
    source = (REPOSITORY / "solutions/exercise-11/initialization.py").read_text(encoding="utf-8")
    wrong = source.replace("scale * np.eye(d)", "np.eye(d)").replace("W * (rho / radius)", "W / radius")
    report = graded("exercise-11", wrong)
    assert "scale-ignored" in {each.misconception for each in report.explanations}


def test_a_belief_that_numbers_show_is_named_of_words_too_whatever_else_is_wrong(graded: Graded) -> None:
    beliefs = dict.fromkeys(("spectral_radius", "regime"), "real-part-for-magnitude")
    wrong = both("exercise-06", {**beliefs, "power_norms": "power-of-norm"})
    told = {each.misconception: each.functions for each in graded("exercise-06", wrong).explanations}
    assert told == {"real-part-for-magnitude": ["regime", "spectral_radius"], "power-of-norm": ["power_norms"]}


def test_a_line_is_told_of_the_answers_where_nothing_is_refused(graded: Graded) -> None:
    source = (
        "def horizon(rho, eps=1e-3):\n    steps = np.ceil(np.log(abs(eps)) / np.log(abs(rho)))\n"
        "    return int(max(0, steps + 1))\n"
    )
    table = "import numpy as np\n\n\ndef decay_table(rhos, horizons):\n    return rhos[:, None] ** horizons\n\n\n"
    report = graded("exercise-02", table + source)
    line = next(each for each in report.explanations if each.kind == "line")
    assert line.text.endswith("every question of horizon that has an answer would be answered rightly.")
    assert not {*line.checks} & {check.id for check in report.checks if "raised" in check.message}


def test_every_question_is_answered_by_a_belief_only_where_none_takes_too_long(graded: Graded) -> None:
    hangs = (
        "def norm_bound(W_hh, steps, slope=1.0):\n    while steps == 0:\n        pass\n"
        "    return float((slope * np.linalg.norm(W_hh, 2)) ** steps)\n"
    )
    both_of_them = both("exercise-05", {"jacobian_product": "product-reversed"})
    (belief,) = graded("exercise-05", f"{both_of_them}\n\n{hangs}").explanations
    assert belief.because == "Your jacobian_product answers every question as one with this mistake does."


def test_a_change_that_stumbles_into_an_exception_mends_no_refusal(graded: Graded) -> None:
    file = REPOSITORY / "solutions/exercise-03/misconceptions/square-inside.py"
    lines = file.read_text(encoding="utf-8").splitlines()
    (refusal, *_) = [number for number, line in enumerate(lines) if line.strip().startswith("raise ValueError")]
    lines[refusal] = "    refused = None"  # with `@ z` behind it, it would raise a ValueError
    report = graded("exercise-03", "\n".join(lines))
    belief = next(each for each in report.explanations if each.kind == "belief")
    assert belief.because == "Where an answer is promised, your derivative does what one with this mistake does."
    assert not [each for each in report.explanations if each.kind == "line"]


def test_what_is_said_of_the_answers_leaves_out_what_should_be_refused(graded: Graded) -> None:
    source = (
        "import numpy as np\n\n\ndef decay_table(rhos, horizons):\n    return rhos[:, None] ** horizons\n\n\n"
        "def horizon(rho, eps=1e-3):\n    return int(np.log(eps) / np.log(rho)) + 1\n"
    )
    refused, said = graded("exercise-02", source).explanations
    assert refused.title == (
        "horizon: of what it should refuse, it answers some and raises another exception for others"
    )
    assert "threshold_above_one" not in refused.checks
    assert said.title == "horizon: the answers are wrong, where eps is above 1"
    assert said.text == "Wherever else an answer is promised, it is right, as far as was asked."
    assert said.checks == ["threshold_above_one"]


def test_what_is_said_of_one_word_is_told_with_no_check_that_another_fails_too(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-03/activations.py").read_text(encoding="utf-8") + (
        "\n\n_derivative = derivative\n\n\ndef derivative(name, z):\n    if name == 'relu':\n"
        "        return np.where(z > 0, z, 0)\n    if name == 'identity':\n        return 1.0\n"
        "    return _derivative(name, z) if name in ('sigmoid', 'tanh') else None\n\n\n"
        "def peak_derivative(name):\n    return 0.5 if name == 'sigmoid' else 1.0\n"
    )
    told = {each.title: each for each in graded("exercise-03", source).explanations}
    relu = next(each for title, each in told.items() if title.endswith("where name is 'relu'"))
    assert "This is only about calls where name is 'relu' and where an answer is promised." in relu.text
    assert "relu" in relu.checks
    assert not {"shape_is_kept", "nothing_overflows", "identity"} & {*relu.checks}
    assert not [title for title, each in told.items() if "should refuse" in title and "peaks" in each.checks]


def test_what_is_so_of_all_answers_is_said_of_all_where_others_are_refused_wrongly(
    graded: Graded,
) -> None:
    source = (REPOSITORY / "solutions/exercise-03/activations.py").read_text(encoding="utf-8") + (
        "\n\n_peak_derivative = peak_derivative\n\n\ndef peak_derivative(name):\n    if name == 'softplus':\n"
        "        raise KeyError(name)\n    print(0.999 * _peak_derivative(name))\n\n\n"
        "def gradient_ceiling(name, steps):\n    return _peak_derivative(name) ** steps\n"
        "\n\n_derivative = derivative\n\n\ndef derivative(name, z):\n    if name == 'softplus':\n"
        "        raise KeyError(name)\n    return _derivative(name, z)\n"
    )
    titles = [each.title for each in graded("exercise-03", source).explanations]
    assert "peak_derivative: it returns nothing, where an answer is promised" in titles


def test_changes_of_one_kind_in_one_line_are_told_once(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-18/truncated_bptt.py").read_text(encoding="utf-8") + (
        "\n\ndef truncation_error(shares, window):\n    if window < 1:\n        raise ValueError\n"
        "    return np.linalg.norm(shares[window:]) / np.linalg.norm(shares)\n"
    )
    (line,) = graded("exercise-18", source).explanations
    number = source.splitlines().index("    return np.linalg.norm(shares[window:]) / np.linalg.norm(shares)") + 1
    assert line.title == f"Look at line {number}"
    assert line.text.startswith(f"Line {number}: with another expression there, in two places. With both, ")


def test_a_line_mends_no_check_in_which_another_function_hangs(graded: Graded) -> None:
    source = (
        "import numpy as np\n\n\ndef jacobian_product(jacobians):\n    product, t = np.eye(jacobians.shape[1]), 0\n"
        "    while t < len(jacobians):\n        product = jacobians[t] @ product\n    return product\n\n\n"
        "def norm_bound(W_hh, steps, slope=1.0):\n    norm, bound = np.linalg.norm(W_hh, 2), 1.0\n"
        "    for _ in range(steps):\n        bound *= slope + norm\n    return bound\n"
    )
    (line,) = graded("exercise-05", source).explanations
    assert line.text.endswith("with another operation there, norm_bound would answer every question rightly.")


def test_a_slip_beside_a_belief_is_told_of_its_own_function_alone(graded: Graded) -> None:
    """The other one is mistaken, too: no change here has the program do what one with this mistake does."""
    slip = """
def norm_bound(W_hh, steps, slope=1.0):
    return slope * np.linalg.norm(W_hh) ** steps
"""
    report = graded("exercise-05", both("exercise-05", {"jacobian_product": "product-reversed"}) + slip)
    bound = [each for each in report.explanations if each.functions == ["norm_bound"]]
    belief = next(each for each in bound if each.kind == "belief")
    assert belief.because.endswith(
        "your norm_bound would do what one with this mistake does. What follows is said of it with that change."
    )
    (line,) = [each for each in bound if each.kind == "line"]
    assert line.text.endswith("norm_bound would do just what a program with the misconception in this report does.")
    assert {each.misconception for each in report.explanations} >= {"frobenius-for-spectral", "product-reversed"}


def test_a_line_that_two_functions_use_is_told_once(graded: Graded) -> None:
    source = (
        "import numpy as np\n\n\ndef left(rho, steps):\n    return rho ** (steps * rho)\n\n\n"
        "def decay_table(rhos, horizons):\n    return left(rhos[:, None], horizons)\n\n\n"
        "def horizon(rho, eps=1e-3):\n    if not 0 < rho < 1 or eps <= 0:\n        raise ValueError\n"
        "    steps = 0\n    while left(rho, steps) > eps:\n        steps += 1\n    return steps\n"
    )
    (line,) = graded("exercise-02", source).explanations
    assert (line.title, line.functions) == ("Look at line 5", ["decay_table", "horizon"])
    assert line.text.endswith("there, every check of decay_table and horizon would pass.")


def test_of_two_mistakes_that_spoil_every_answer_one_is_known_and_leads_to_both_lines(
    graded: Graded,
) -> None:
    source = (
        "import numpy as np\n\n\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n"
        "    h = np.tanh(W_hh.T @ h_prev + W_xh @ x + b)\n    return W_hh * (1 - h * h)\n"
    )
    (line,) = graded("exercise-04", source).explanations
    assert line.title == "Look at line 5 and line 6"
    assert line.text.endswith("With both, every check would pass.")


def test_what_goes_wrong_alone_too_is_laid_to_no_earlier_call(graded: Graded) -> None:
    source = (
        "import numpy as np\n\nP = None\n\n\ndef jacobian_product(jacobians):\n    global P\n    for J in jacobians:\n"
        "        P = np.eye(jacobians.shape[1]) if P is None else P\n        P = J @ P\n    return P\n"
    )
    reference = (REPOSITORY / "solutions/exercise-05/jacobian_product.py").read_text(encoding="utf-8")
    source += reference.partition("    return product\n")[2]
    (said,) = graded("exercise-05", source).explanations
    assert said.title == "jacobian_product: an answer depends on earlier calls"
    assert "one_step" in said.checks
    assert "no_step" not in said.checks  # a fresh process returns None there


def test_what_waits_for_a_function_that_is_not_written_is_no_mistake(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-03/activations.py").read_text(encoding="utf-8")
    before, _, after = source.partition('    if name == "sigmoid":\n        return 0.25')
    open_end = '    raise NotImplementedError("Write peak_derivative: replace this line.")\n\n\ndef gradient_ceiling'
    report = graded("exercise-03", before + open_end + after.partition("def gradient_ceiling")[2])
    assert report.explanations == []
    unwritten = {check.id for check in report.checks if check.unwritten}
    assert {"peaks", "ceiling", "no_steps_no_ceiling"} <= unwritten


@pytest.mark.parametrize(
    ("exercise_id", "belief", "function"),
    [
        ("exercise-03", "sigmoid-value-for-slope", "peak_derivative"),
        ("exercise-06", "norm-for-radius", "spectral_radius"),
        ("exercise-15", "one-hot-columns-swapped", "recall_batch"),
    ],
)
def test_a_belief_is_named_while_what_uses_its_function_is_still_to_come(
    exercise_id: str, belief: str, function: str, graded: Graded
) -> None:
    """The belief's program goes wrong there too, since it uses the function; of the submission that tells nothing."""
    (said,) = graded(exercise_id, begun(exercise_id, belief, function)).explanations
    assert said.misconception == belief
    assert said.functions == [function]


def test_a_belief_about_two_functions_is_not_named_while_one_of_them_is_still_to_come(graded: Graded) -> None:
    (said,) = graded("exercise-02", begun("exercise-02", "exponential-of-rate", "horizon")).explanations
    assert said.kind != "belief"  # its text speaks of the table


def test_who_would_refuse_everything_is_told_no_line(graded: Graded) -> None:
    """`!=` for `==` would refuse what it should, and all else that it answers now."""
    reference = (REPOSITORY / "solutions/exercise-02/decay.py").read_text(encoding="utf-8")
    source = reference.partition("def horizon")[0] + (
        'def horizon(rho, eps=1e-3):\n    if rho == 1.3 or rho == float("nan"):\n        raise ValueError\n'
        "    return 0 if eps > 1 else 100 + int(50 * np.sin(1000 * rho))\n"
    )
    report = graded("exercise-02", source)
    assert not [each.text for each in report.explanations if each.kind == "line"]


def test_a_changed_argument_stands_under_no_reason_of_the_numbers(graded: Graded) -> None:
    reference = (REPOSITORY / "solutions/exercise-11/initialization.py").read_text(encoding="utf-8")
    source = reference.replace("return W * (rho / radius)", "W *= rho / radius\n    return W")
    numbers = source.replace("np.abs(np.linalg.eigvals(W)).max()", "np.linalg.norm(W, 2)")
    radius, changed = graded("exercise-11", numbers).explanations
    assert radius.misconception == "norm-for-radius"
    assert "arguments_unchanged" not in radius.checks
    assert (changed.misconception, changed.checks) == ("argument-changed", ["arguments_unchanged"])
    assert changed.because == "Your scale_to_radius changes the same arguments as one with this mistake does."
    (alone,) = graded("exercise-11", source).explanations
    assert (alone.misconception, alone.because) == ("argument-changed", "")


CLIPPED_ONE_BY_ONE = """import torch


def clip_by_global_norm(grads, max_norm):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    if max_norm <= 0:
        raise ValueError("refused")
    return [g * max_norm / g.norm() if norm > max_norm else g for g in grads], norm
"""


def test_what_gets_an_answer_is_not_called_what_should_be_refused(graded: Graded) -> None:
    """NaN is asked about with a threshold of 1 alone; but with one of 1 or above, other gradients get an answer."""
    report = graded("exercise-10", CLIPPED_ONE_BY_ONE, known=False)
    titles = [each.title for each in report.explanations if "refuse" in each.title]
    assert titles == ["clip_by_global_norm: it answers some arguments that it should refuse"]
