"""Gradients as functions of functions, by torch.func."""

import torch


def loss(W_hh, W_xh, w_out, x, y):
    h = torch.zeros(len(x), len(w_out), dtype=x.dtype)
    for t in range(x.shape[1]):
        h = torch.tanh(torch.einsum("ij,bj->bi", W_hh[t], h) + torch.einsum("in,bn->bi", W_xh, x[:, t]))
    return torch.mean((torch.einsum("i,bi->b", w_out, h) - y) ** 2)


def repeated(W_hh, x):
    return W_hh.expand(x.shape[1], *W_hh.shape)


def train(parameters, x, y, rate, updates):
    weights = [parameters[name] for name in ("W_hh", "W_xh", "w_out")]
    gradient = torch.func.grad(lambda W, V, o: loss(repeated(W, x), V, o, x, y), argnums=(0, 1, 2))
    radii = [torch.linalg.eigvals(weights[0]).abs().max()]
    for _ in range(updates):
        weights = [weight - rate * each for weight, each in zip(weights, gradient(*weights))]
        radii.append(torch.linalg.eigvals(weights[0]).abs().max())
    return dict(zip(("W_hh", "W_xh", "w_out"), weights)), torch.stack(radii)


def near_and_far(parameters, x, y, near):
    uses = repeated(parameters["W_hh"], x).clone()
    shares = torch.func.grad(loss)(uses, parameters["W_xh"], parameters["w_out"], x, y)
    edge = len(shares) - near
    return shares[edge:].sum(0).norm().item(), shares[:edge].sum(0).norm().item()
