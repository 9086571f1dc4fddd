"""Forward mode: one directional derivative for each entry of x, all of them at once by vmap."""

import numpy as np
import torch
from torch.func import jvp, vmap


def attention_gradient_norms(x, W_q, W_k, W_v):
    def loss(steps):
        scores = (W_k @ steps.T).T @ (W_q @ steps[-1]) / torch.sqrt(torch.tensor(float(len(W_q))))
        weights = scores.exp() / scores.exp().sum()
        return (weights[:, None] * (steps @ W_v.T)).sum()

    directions = torch.eye(x.numel(), dtype=x.dtype).view(-1, *x.shape)
    slopes = vmap(lambda direction: jvp(loss, (x,), (direction,))[1])(directions)
    return slopes.view_as(x).norm(dim=1)


def path_lengths(T, architecture):
    return np.ones(T) if architecture == "attention" else np.cumsum(np.ones(T))[::-1] - 1
