"""Exercise 03: the slopes of four activations, their peaks, and the ceiling that these put on a gradient."""

import numpy as np


def derivative(name: str, z: np.ndarray) -> np.ndarray:
    """The slope of an activation at each entry of z.

    Arguments:
        name: "sigmoid", "tanh", "relu" or "identity"
        z: a float64 array with one, two or three axes, entries between -1000 and 1000; left unchanged

    Returns:
        a float64 array of the shape of z

    Raises:
        ValueError: for any other name
    """
    raise NotImplementedError("Write derivative: replace this line.")


def peak_derivative(name: str) -> float:
    """The largest slope that the activation has anywhere.

    Raises:
        ValueError: for a name other than "sigmoid", "tanh", "relu" and "identity"
    """
    raise NotImplementedError("Write peak_derivative: replace this line.")


def gradient_ceiling(name: str, steps: int) -> float:
    """The most that the slopes of `steps` steps (an integer from 0 up) can pass: the peak to the power `steps`.

    Raises:
        ValueError: for a name other than "sigmoid", "tanh", "relu" and "identity"
    """
    raise NotImplementedError("Write gradient_ceiling: replace this line.")
