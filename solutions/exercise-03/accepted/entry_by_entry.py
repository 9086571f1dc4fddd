"""Plain Python on one number at a time, with the sigmoid split by sign; products by a loop."""

import math

import numpy as np


def slope_at(name, z):
    if name == "sigmoid":
        s = 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))
        return s * (1.0 - s)
    if name == "tanh":
        return 1.0 - math.tanh(z) ** 2
    if name == "relu":
        return 1.0 if z > 0 else 0.0
    return 1.0


def refuse_strangers(name):
    if name not in ("sigmoid", "tanh", "relu", "identity"):
        raise ValueError("no such activation: " + str(name))


def derivative(name, z):
    refuse_strangers(name)
    slopes = np.empty(z.shape)
    for index in np.ndindex(z.shape):
        slopes[index] = slope_at(name, float(z[index]))
    return slopes


def peak_derivative(name):
    refuse_strangers(name)
    if name == "sigmoid":
        return 0.25
    return 1


def gradient_ceiling(name, steps):
    ceiling, peak = 1.0, peak_derivative(name)
    for _ in range(steps):
        ceiling *= peak
    return ceiling
