"""One vector-Jacobian product per step, walking back over the pair (h, c) without one long graph."""

import numpy as np
import torch
from torch.func import functional_call, vjp


def gradient_profile(kind, state_dict, x):
    d = state_dict["weight_hh"].size(1)
    cell = getattr(torch.nn, {"rnn": "RNNCell", "gru": "GRUCell", "lstm": "LSTMCell"}[kind])(x.size(1), d, dtype=x.dtype)

    def step(row, h, c):
        if kind == "lstm":
            return functional_call(cell, dict(state_dict), (row, (h, c)))
        return functional_call(cell, dict(state_dict), (row, h)), c

    h, c, pullbacks, cells, opened = torch.zeros(d).to(x), torch.zeros(d).to(x), [], [], []
    for row in x:
        rows = sum(state_dict["weight_" + part] @ value + state_dict["bias_" + part] for part, value in (("ih", row), ("hh", h)))
        opened.append(torch.sigmoid(rows[-d:]))
        (h, c), pullback = vjp(lambda h, c, row=row: step(row, h, c), h, c)
        pullbacks.append(pullback)
        cells.append(c)

    at_h, at_c = torch.ones_like(h), torch.zeros_like(c)
    profile = torch.empty(len(x), dtype=x.dtype)
    for t in range(len(x) - 1, -1, -1):
        if kind == "lstm":
            # h_t = o * tanh(c_t): what reaches h_t flows on into c_t
            profile[t] = (at_c + at_h * opened[t] * (1 - torch.tanh(cells[t]) ** 2)).norm()
        else:
            profile[t] = at_h.norm()
        at_h, at_c = pullbacks[t]((at_h, at_c))
    return profile


def decades_per_step(profile):
    t = np.arange(len(profile))
    covariance = np.cov(t, np.log10(profile.numpy().astype(float)))
    return float(covariance[0, 1] / covariance[0, 0])
