# exercise-03
import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z >= 0, 1.0, 0.0)
    if name == "identity":
        return np.ones_like(z)
    raise ValueError(name)


def peak_derivative(name):
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "identity": 1.0}[name]


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
