"""Hidden checks of exercise 15: the batch that a memory task is made of, and whether a trained network remembers.

A batch is judged by what doesn't depend on how its labels were drawn: which steps go with which label. A predictor is
judged on sequences drawn here. Only the GRU over 30 steps is asked to remember. Where the form of an answer is the
subject the distance is short, so that training costs little.
"""

import numpy as np

from autograder.checks import ProgramError, Tensor, points, tensor

FAR, NEAR = 30, 3
SEEDS = (0, 1, 2)  # the statement names them, and that two must do: whoever tries them at home can't fail by luck


def shown(labels, distance):
    """x of the contract for these labels."""
    x = np.zeros((len(labels), distance + 1, 3), dtype=np.float32)
    x[np.arange(len(labels)), 0, labels] = 1.0
    x[:, 1:, 2] = 1.0
    return x


def form(value):
    """What a tensor looks like from outside."""
    return (value.dtype, tuple(value.shape)) if isinstance(value, Tensor) else f"no tensor, a {type(value).__name__}"


def numbers(value):
    """The array in a tensor, an array or a list of numbers, of whatever type; an empty one for anything else."""
    array = value.numpy() if isinstance(value, Tensor) else value
    if isinstance(array, list) and all(isinstance(each, int | float) for each in array):
        array = np.array(array)
    return array if isinstance(array, np.ndarray) and array.dtype.kind in "biuf" else np.empty(0)


def batch_of(program, batch, distance, seed):
    """x (batch, steps, 3) and y (batch,) in float64 whatever their dtype; None if they don't have these shapes."""
    answer = program.recall_batch(batch, distance, seed)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return None
    x, y = map(numbers, answer)
    fits = x.ndim == 3 and x.shape[2] == 3 and y.size == len(x)
    return (x.astype(float), y.astype(float).reshape(-1)) if fits else None


ROWS = "These are the different rows, of the sequences with label 0 and of those with label 1,"


def rows_by_label(steps):
    """A question: which different rows do the sequences of label 0, and of label 1, hold at these steps?"""

    def ask(program):
        drawn = batch_of(program, 64, 9, seed=5)
        if drawn is None:
            return "no x of shape (batch, steps, 3) with one label a sequence"
        x, y = drawn
        return tuple(np.unique(x[y == label][:, steps].reshape(-1, 3), axis=0) for label in (0, 1))

    return ask


def answers(predictor, x):
    """A predictor's numbers, one a sequence; None if there are more or fewer."""
    given = numbers(predictor(tensor(x)))
    return given.reshape(-1).tolist() if given.size == len(x) else None


RECALLED = "the right label to at least 95 %"


def verdict(predictor, x, labels):
    """In words, what a predictor gave to sequences of these labels."""
    given = answers(predictor, x)
    if given is None:
        return "something other than one number a sequence"
    if not set(given) <= {0, 1}:
        return "numbers other than the labels 0 and 1"
    if np.mean(np.equal(given, labels)) >= 0.95:
        return RECALLED
    if len(set(given)) == 1:
        return "one and the same label to all, which is right on half"
    if np.equal(given, labels).any():
        return "different labels to equal sequences"
    return "the wrong label to every one of them"


def own_data(program):
    """Whether the program's batches are what the contract says."""
    try:
        answer = program.recall_batch(64, FAR, 5)
    except ProgramError as problem:
        return problem.type
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return "no pair"
    x, y = map(numbers, answer)
    labels = y.astype(int).reshape(-1)
    if x.shape != (64, FAR + 1, 3) or len(labels) != 64 or not set(labels) <= {0, 1}:
        return "other shapes or labels"
    return tuple(map(form, answer)), len(set(labels)) == 2, np.array_equal(x, shown(labels, FAR))


def clues(predictor, labels):
    """What goes with a predictor that doesn't recall: it tells beliefs apart, and no points depend on it."""
    blank = np.tile(np.float32([0, 0, 1]), (len(labels), FAR + 1, 1))
    at_the_end, everywhere = blank.copy(), blank.copy()
    at_the_end[:, -1] = np.eye(3)[labels]
    everywhere[:, :, :2] = np.eye(2)[labels][:, None]
    try:
        return tuple(verdict(predictor, x, labels) for x in (at_the_end, everywhere))
    except ProgramError as problem:
        return (problem.type,)


def form_problem(what, value, wanted):
    """One clause on what is wrong with a tensor's form, or None."""
    found = form(value)
    if found == wanted:
        return None
    if isinstance(found, str):
        return f"{what} is {found}"
    return f"{what} is {found[0]} {found[1]}, expected {wanted[0]} {wanted[1]}"


@points(1, hint="Print `x.dtype`, `x.shape`, `y.dtype` and `y.shape`. How many steps has a sequence of distance 1?")
def test_form_of_a_batch(agree, rng):
    """A distance of $D$ takes $D + 1$ steps, the label's own step included; `x` is float32, `y` int64."""
    sizes = [(int(rng.integers(65, 99)), 12), (5, FAR), (1, 1)]

    def ask(program):
        batches = [program.recall_batch(batch, distance, 3) for batch, distance in sizes]
        return tuple(tuple(each) if isinstance(each, tuple | list) else each for each in batches)

    def accept(batches):
        for (batch, distance), answer in zip(sizes, batches, strict=True):
            called = f"recall_batch({batch}, {distance}, 3)"
            assert isinstance(answer, tuple), f"{called} must return the pair (x, y)."
            assert len(answer) == 2, f"{called} must return a pair, (x, y); it has {len(answer)} parts."
            wanted = ("float32", (batch, distance + 1, 3)), ("int64", (batch,))
            for problem in map(form_problem, "xy", answer, wanted):
                assert problem is None, f"{called}: {problem}."
        return True

    agree.that(ask, accept, "Each batch is a pair (x, y) of the form in the contract.")


@points(0.5)
def test_both_labels(agree):
    """A batch of 64 holds both labels, 0 and 1, and nothing else."""

    def ask(program):
        batches = [batch_of(program, 64, NEAR, seed) for seed in (1, 2)]
        return tuple(None if each is None else np.unique(each[1]) for each in batches)

    agree(ask, because="These are the different labels in each of two batches.")


@points(1, hint="Print `x[0, 0]` beside `y[0]`, for one sequence of each label.")
def test_label_is_shown_first(agree):
    """Step 0 shows the label of its own sequence in columns 0 and 1, and column 2 is still 0."""
    agree(rows_by_label(slice(0, 1)), because=f"{ROWS} at step 0.")


@points(1.5, hint="Print `x[0, 1:]`. Could somebody who hasn't seen step 0 tell the label from it?")
def test_later_steps_are_blank(agree):
    """Every later step is the same blank for both labels: what is shown again needs no memory."""
    agree(rows_by_label(slice(1, None)), because=f"{ROWS} after step 0.")


@points(0.5)
def test_seed_decides(agree):
    """The same seed gives the same batch, and another seed another one."""

    def ask(program):
        batches = [batch_of(program, 64, NEAR, seed) for seed in (7, 0, 7, 0, 1, 2)]
        if None in batches:
            return "no x of shape (batch, steps, 3) with one label a sequence"
        seven, zero, seven_again, zero_again, *others = (np.append(x, y) for x, y in batches)
        repeats = np.array_equal(seven, seven_again) and np.array_equal(zero, zero_again)
        return repeats, any(not np.array_equal(zero, other) for other in others)

    agree(ask, because="The question is whether a seed gives its batch again, and whether another gives another one.")


@points(
    3,
    hint="Does the loss fall while you train? At $\\ln 2 = 0.693$ the network guesses. If it stays there: does any "
    "gradient reach step 0? Try the same network over 3 steps, then over 10.",
)
def test_gru_recalls_over_thirty_steps(agree):
    """A trained GRU recalls a label that was shown 30 steps ago, on sequences that the grader has drawn."""
    # The same for everybody: what a program answered here need not be trained for once more to be explained.
    labels, gave = np.random.default_rng(15).permutation(np.arange(64) % 2), []

    def ask(program):
        recalled = failed = 0
        for seed in SEEDS:
            predictor = program.train_recall("gru", FAR, seed)
            if not callable(predictor):
                return "nothing: what train_recall returned is no function", ()
            given = verdict(predictor, shown(labels, FAR), labels)
            recalled, failed = recalled + (given == RECALLED), failed + (given != RECALLED)
            if recalled > 1:  # two must do: the third would cost a training, and decide nothing
                break
            if failed > 1:
                return given, clues(predictor, labels)
        return RECALLED, ()

    agree.that(ask, lambda facts: gave.append(facts[0]) or True, "The GRU is trained, and asked for its labels.")
    if gave != [RECALLED]:
        # The quick question comes last, since known-wrong programs are asked it first: most need no training then.
        sentence = f"To 64 sequences that the grader has drawn, half of each label, a trained GRU gave {gave[0]}."
        agree.that(own_data, lambda _: False, sentence)


def answers_have_the_form(agree, kind):
    """Ask for 1 and for 5 sequences: is there one label for each?"""

    def ask(program):
        predictor = program.train_recall(kind, NEAR, 11)
        if not callable(predictor):
            return ()
        return tuple(predictor(tensor(shown(np.arange(count) % 2, NEAR))) for count in (1, 5))

    def accept(given):
        assert given, "train_recall must return a predictor, something that can be called."
        for count, each in zip((1, 5), given, strict=True):
            problem = form_problem("the answer", each, ("int64", (count,)))
            asked = "one sequence" if count == 1 else f"{count} sequences"
            assert problem is None, f"Asked for the labels of {asked}: {problem}."
            assert set(numbers(each).flat) <= {0, 1}, "The answer holds numbers other than the labels 0 and 1."
        return True

    agree.that(ask, accept, "A predictor answers with one label a sequence.")


@points(
    0.5, hint="Print what your predictor returns for 5 sequences. Are they labels, or what labels are decided from?"
)
def test_form_of_the_answers(agree):
    """A predictor answers with one label a sequence, int64 like y: no scores, no probabilities."""
    answers_have_the_form(agree, "gru")


@points(0.5)
def test_rnn_answers_too(agree):
    """A vanilla RNN need not recall, but it is trained and answers in the same form."""
    answers_have_the_form(agree, "rnn")


@points(1, hint="Ask your predictor for two sequences, then for each of them alone, then for both again.")
def test_every_sequence_for_itself(agree):
    """The label that a sequence gets depends on nothing else in its batch, nor on what was asked before."""
    batches = [np.array(each) for each in ([0, 1], [1, 0], [0], [1], [0, 1, 1, 1, 1], [0, 1])]

    def ask(program):
        predictor = program.train_recall("gru", NEAR, 4)
        return tuple(answers(predictor, shown(each, NEAR)) for each in batches) if callable(predictor) else ()

    def consistent(given):
        if not given or None in given:
            return False
        pairs = [pair for each, labels in zip(given, batches, strict=True) for pair in zip(labels, each, strict=True)]
        # A score differs in its last digits with the size of the batch: that is no other answer.
        return all(len({round(answer, 3) for label, answer in pairs if label == wanted}) == 1 for wanted in (0, 1))

    agree.that(
        ask,
        consistent,
        "Your predictor gave the same sequence different labels (or not one label a sequence) when it was asked for it "
        "alone, in another place of the batch, or a second time.",
    )
