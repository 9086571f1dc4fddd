"""The checks of tally: the program is run with an input, and what it prints is compared line by line."""

from autograder.checks import points


@points(1)
def test_example(agree):
    r"""The example of the statement."""
    agree.script("9\n\n10\n")


@points(1)
def test_any(agree, rng):
    r"""Any six numbers, also negative ones."""
    numbers = rng.integers(-50, 50, size=6).tolist()
    agree.script("".join(f"{number}\n" for number in numbers))


@points(1)
def test_digits(agree, rng):
    r"""The largest number may begin with the smallest digit."""
    numbers = [int(rng.integers(1000, 1999)), *rng.integers(20, 99, size=2).tolist()]
    agree.script("\n".join(map(str, numbers)))


@points(1)
def test_negative(agree, rng):
    r"""Where all are negative, the largest is the one nearest to zero."""
    numbers = rng.integers(-90, -10, size=3).tolist()
    agree.script("\n".join(map(str, numbers)) + "\n")


@points(1)
def test_blanks(agree, rng):
    r"""Lines of blanks don't count, wherever they stand."""
    first, second, third = rng.integers(1, 99, size=3).tolist()
    agree.script(f"\n{first}\n   \n\n{second}\n{third}\n \n")


@points(1)
def test_nothing(agree):
    r"""Without numbers the count is 0, and there is neither a largest nor a mean."""
    agree.script("")
    agree.script("\n\n")
