r"""An unknown name is answered here with 1, the slope of the identity, perhaps because the chain of cases ends with an
`else`. So every name that nobody thought of counts as the identity.

Ask for `"leaky_relu"`, or for `"sigmiod"`, a typo. You answer with a slope of $1$, and nobody is told.
A network trained with that slope gets wrong gradients, and its author looks for the reason for days.

A default is a decision. Where the contract knows four names, name all four, and refuse the rest with the error that
it states.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    return np.ones_like(z)


def peak_derivative(name):
    return 0.25 if name == "sigmoid" else 1.0


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
