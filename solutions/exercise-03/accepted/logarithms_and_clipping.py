"""Slopes by logarithms and clipped arguments: beyond 40 both slopes are below 1e-17."""

import numpy as np

PEAK_LOGARITHM = dict(sigmoid=-2.0 * np.log(2.0), tanh=0.0, relu=0.0, identity=0.0)


def derivative(name, z):
    if name not in PEAK_LOGARITHM:
        raise ValueError(f"unknown name: {name}")
    near = np.clip(z, -40.0, 40.0)
    if name == "sigmoid":
        return np.exp(-np.logaddexp(0.0, near) - np.logaddexp(0.0, -near))
    if name == "tanh":
        return 1.0 / np.cosh(near) ** 2
    return np.heaviside(z, 0.5) if name == "relu" else z * 0.0 + 1.0


def peak_derivative(name):
    return gradient_ceiling(name, 1)


def gradient_ceiling(name, steps):
    if name not in PEAK_LOGARITHM:
        raise ValueError(f"unknown name: {name}")
    return np.exp(steps * PEAK_LOGARITHM[name])
