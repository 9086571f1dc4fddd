"""Forward mode (real-time recurrent learning): carry the derivative of the state with respect to every parameter along."""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    states = np.zeros((len(x) + 1, len(b)))
    states[0, :] = h0
    for t in range(len(x)):
        states[t + 1, :] = np.tanh(np.dot(W_hh, states[t]) + np.dot(W_xh, x[t]) + b)
    return states


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    T, n = x.shape
    d = len(W_hh)
    identity = np.eye(d)
    by = {"W_hh": np.zeros((d, d, d)), "W_xh": np.zeros((d, d, n)), "b": np.zeros((d, d)), "h0": identity.copy()}
    gradient = {name: np.zeros(value.shape[1:]) for name, value in by.items()}
    for t in range(T):
        slope = 1 - h[t + 1] ** 2
        direct = {
            "W_hh": np.einsum("ki,j->kij", identity, h[t]),
            "W_xh": np.einsum("ki,j->kij", identity, x[t]),
            "b": identity,
            "h0": np.zeros((d, d)),
        }
        for name in by:
            change = np.tensordot(W_hh, by[name], axes=1) + direct[name]
            by[name] = slope.reshape(-1, *[1] * (change.ndim - 1)) * change
            gradient[name] = gradient[name] + np.tensordot(grad_h[t], by[name], axes=1)
    return gradient
