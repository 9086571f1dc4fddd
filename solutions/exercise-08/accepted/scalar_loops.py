"""Every sum written out as a loop over single numbers."""

import math

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    T, n = x.shape
    d = len(h0)
    h = np.zeros((T + 1, d))
    for i in range(d):
        h[0, i] = h0[i]
    for t in range(1, T + 1):
        for i in range(d):
            z = b[i]
            for j in range(d):
                z += W_hh[i, j] * h[t - 1, j]
            for j in range(n):
                z += W_xh[i, j] * x[t - 1, j]
            h[t, i] = math.tanh(z)
    return h


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    T, n = x.shape
    d = W_hh.shape[0]
    dW_hh, dW_xh, db = np.zeros((d, d)), np.zeros((d, n)), np.zeros(d)
    later = [0.0] * d
    for t in range(T, 0, -1):
        delta = [(grad_h[t - 1, i] + later[i]) * (1 - h[t, i]) * (1 + h[t, i]) for i in range(d)]
        for i in range(d):
            db[i] += delta[i]
            for j in range(d):
                dW_hh[i, j] += delta[i] * h[t - 1, j]
            for j in range(n):
                dW_xh[i, j] += delta[i] * x[t - 1, j]
        later = [sum(W_hh[i, j] * delta[i] for i in range(d)) for j in range(d)]
    return {"h0": np.array(later), "b": db, "W_xh": dW_xh, "W_hh": dW_hh}
