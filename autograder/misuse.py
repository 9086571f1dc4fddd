"""What the user gave can't be used: an exception of every room, which the command line ends with exit code 2."""


class Misuse(Exception):
    """Bad input; the text is a sentence or two that say what it is and what to do."""
