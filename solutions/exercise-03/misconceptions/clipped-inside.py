r"""From some point on your slopes no longer fall, as if $z$ were clipped, perhaps so that no exponential overflows. The idea
is good, but the limit lies so near that it changes the slopes.

Clip at 5, say. A unit at $z = 1000$ is then treated like one at 5, where the slope of the sigmoid is about $0.0066$: far too
much for a unit that passes nothing at all.

A clip is harmless only where the function has nothing left to say. How small must the slope be where you clip, if beyond it 0 is right?
"""

import numpy as np


def derivative(name, z):
    near = np.clip(z, -5.0, 5.0)
    if name == "sigmoid":
        small = np.exp(-np.abs(near))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(near) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "identity":
        return np.ones_like(z)
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
