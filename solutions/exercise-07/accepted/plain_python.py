"""Plain Python numbers and lists; arrays only at the end."""

import math

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    states = [float(h0)]
    for value in x.tolist():
        states.append(math.tanh(w * states[-1] + u * value))
    local = [w * (1 - after * after) for after in states[1:]]
    cumulative, product = [], 1.0
    while len(cumulative) < len(local):
        product *= local[-1 - len(cumulative)]
        cumulative.append(product)
    return {"cumulative": np.array(cumulative), "h": np.array(states[1:]), "local": np.array(local)}
