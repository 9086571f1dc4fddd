"""Two pictures to play with: the gradient through time, and a verb far from its subject. One page, nothing fetched.

Here is what they show at first, as a reader without scripts sees it for good; `pictures.js` computes the same formulas
anew when a control is moved. A test compares the two, and both with numpy. It must not import numpy: they are small.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from autograder.feedback import html
from autograder.feedback.scripts import script
from autograder.feedback.svgplot import number, power_of_ten

UNITS = 6
RADIUS = 1.9625492328689653
"""Spectral radius of `_raw`: the weights are divided by it, so that a scale of 1 is a radius of 1."""
NORM = 1.2074587627133615
"""Spectral norm of the weights at scale 1. They aren't normal, so that it is above the radius."""
STEEPEST = {"tanh": 1.0, "sigmoid": 0.25, "relu": 1.0, "identity": 1.0}
DECADES = (-12, 6)
"""The powers of ten at the lower and upper end of the first picture."""
PHRASES = (
    "on the table", "by the window", "of the house", "that my neighbour sold", "to a painter", "from the town",
    "across the river", "behind the hills",
)  # fmt: skip
_ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "relu": lambda z: max(0.0, z),
    "identity": lambda z: z,
}
_SLOPES: dict[str, Callable[[float], float]] = {  # from the activation's value
    "tanh": lambda h: 1 - h * h,
    "sigmoid": lambda h: h * (1 - h),
    "relu": lambda h: float(h > 0),
    "identity": lambda h: 1.0,
}


class Setting(NamedTuple):
    """Where the controls of the first picture stand: activation, spectral radius of the weights, and length."""

    activation: str = "tanh"
    scale: float = 0.9
    length: int = 30


class Reading(NamedTuple):
    """Where those of the second stand: phrases between subject and verb, decay per word, and what a gate keeps."""

    phrases: int = 5
    decay: float = 0.7
    kept: float = 0.98


def render(home: str = "") -> str:
    """The page; `home` is where it leads back to."""
    setting, reading = Setting(), Reading()
    template = html.environment().get_template("pictures.html")
    return template.render(
        setting=setting,
        reading=reading,
        norms=[number(norm) for norm in gradient_norms(setting)],
        path=path(gradient_norms(setting)),
        told=told(setting),
        decades=range(DECADES[0], DECADES[1] + 1, 3),
        power_of_ten=power_of_ten,
        activations=_ACTIVATIONS,
        phrases=PHRASES,
        distances=distances(),
        curves=[survival_path(reading.decay), survival_path(reading.kept)],
        read=read(reading),
        constants={"radius": RADIUS, "norm": NORM, "low": DECADES[0], "high": DECADES[1]},
        script=script("pictures.js"),
        home=home,
    )


def gradient_norms(setting: Setting) -> list[float]:
    """‖∂L/∂h_t‖ for t = 1 … T, with h_t = φ(W h_{t-1} + x_t), h_0 = 0 and L the sum of h_T.

    W is `scale` times a fixed matrix of radius 1; x_t[i] = sin(1.3 t + 2 i) / 2. As in exercise 09 the last is √d.
    """
    weights = [[setting.scale * _raw(i, j) / RADIUS for j in range(UNITS)] for i in range(UNITS)]
    states = _states(weights, setting)
    slope = _SLOPES[setting.activation]
    gradient = [1.0] * UNITS
    norms = [math.hypot(*gradient)]
    for state in reversed(states[1:]):
        through = [g * slope(h) for g, h in zip(gradient, state, strict=True)]
        gradient = [sum(weights[i][j] * through[i] for i in range(UNITS)) for j in range(UNITS)]
        norms.append(math.hypot(*gradient))
    return norms[::-1]


def _states(weights: list[list[float]], setting: Setting) -> list[list[float]]:
    phi = _ACTIVATIONS[setting.activation]
    state, states = [0.0] * UNITS, []
    for t in range(1, setting.length + 1):
        into = [sum(w * h for w, h in zip(row, state, strict=True)) for row in weights]
        state = [phi(z + 0.5 * math.sin(1.3 * t + 2 * i)) for i, z in enumerate(into)]
        states.append(state)
    return states


def _raw(i: int, j: int) -> float:
    return math.sin(1 + 2.3 * i + 4.1 * j + 1.7 * i * j)


def path(norms: list[float]) -> str:
    """The first picture's line: steps from 74 to 620 across, decades from 296 up to 44, kept within."""
    low, high = DECADES
    apart = 546 / max(1, len(norms) - 1)
    places = [min(high, max(low, math.log10(norm))) if norm > 0 else low for norm in norms]
    return "M" + "L".join(
        f"{74 + k * apart:.1f} {296 - 252 * (place - low) / (high - low):.1f}" for k, place in enumerate(places)
    )


def told(setting: Setting) -> str:
    """What the first picture shows, in words."""
    norms = gradient_norms(setting)
    share = norms[0] / norms[-1]
    left = f"{number(share)} times" if share >= 1 else f"only {number(share)} of"
    factor = share ** (1 / (setting.length - 1))
    bound = setting.scale * NORM * STEEPEST[setting.activation]
    promise = "so it must vanish" if bound < 1 else "so nothing guarantees that it vanishes"
    return (
        f"With {setting.activation} and ρ(W) = {setting.scale:.1f}, the gradient at step 1 is {left} that at step "
        f"{setting.length}. Each step back multiplies it by {number(factor)} on average. ‖W‖·max|φ′| = {bound:.2f} is "
        f"{'below' if bound < 1 else 'not below'} 1, {promise}."
    )


def distances() -> list[int]:
    """How many words the verb comes after its subject, with 0, 1, 2, … phrases between them."""
    found = [1]
    for phrase in PHRASES:
        found.append(found[-1] + len(phrase.split()))
    return found


def survival_path(factor: float) -> str:
    """One curve of the second picture: words from 74 to 620 across, what is left from 0 at 296 up to 1 at 44."""
    furthest = distances()[-1]
    points = [(74 + 546 * k / furthest, 296 - 252 * min(1.0, factor**k)) for k in range(furthest + 1)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def read(reading: Reading) -> str:
    """What the second picture shows, in words."""
    distance = distances()[reading.phrases]
    words = "word" if distance == 1 else "words"
    rnn, gated = (f"{factor:.2f}^{distance} = {number(factor**distance)}" for factor in (reading.decay, reading.kept))
    return (
        f"The verb comes {distance} {words} after its subject. In the plain RNN {rnn} of the signal is left. "
        f"Along the additive path it is {gated}."
    )
