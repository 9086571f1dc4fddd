"""No autograd: the three parts of the gradient from their formulas, in numpy."""

import numpy as np
import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    X, Q, K, V = (each.double().numpy() for each in (x, W_q, W_k, W_v))
    q, keys = Q @ X[-1], X @ K.T
    scores = keys @ q / np.sqrt(len(q))
    a = np.exp(scores - scores.max())
    a /= a.sum()
    summed = (X @ V.T).sum(axis=1)
    by_score = a * (summed - a @ summed) / np.sqrt(len(q))
    gradient = np.outer(a, V.sum(axis=0)) + np.outer(by_score, q @ K)
    gradient[-1] += by_score @ keys @ Q
    return torch.from_numpy(np.sqrt((gradient**2).sum(axis=1))).to(x.dtype)


def path_lengths(T, architecture):
    return {"recurrent": np.arange(T)[::-1], "attention": np.ones(T, dtype=int)}[architecture].copy()
