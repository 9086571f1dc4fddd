"""gradecheck: exercises and quizzes that grade themselves, in which every wrong answer is explained."""

from importlib import import_module


def load_ipython_extension(shell: object) -> None:
    """Give a notebook our magics: IPython calls this at `%load_ext autograder`."""
    import_module("autograder.jupyter.magics").register(shell)
