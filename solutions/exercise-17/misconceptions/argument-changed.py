r"""Here the caller's own parameters change, as they do if they are trained themselves, be it in the tensors (`weight -= ...`) or in the dict (`parameters[name] = ...`). After the call their start is gone, and with it the "before" that you wanted to compare with.

What is handed over is shared, not copied: whoever changes it changes it for everybody. In the statement's listing `near_and_far(start, ...)` after the training would then measure something other than the
start.

Where must a copy be made, so that the first update touches only yours?
"""

import torch


def loss_of(parameters, x, y):
    h = x.new_zeros(len(x), len(parameters["w_out"]))
    for t in range(x.shape[1]):
        h = torch.tanh(h @ parameters["W_hh"].T + x[:, t] @ parameters["W_xh"].T)
    return ((h @ parameters["w_out"] - y) ** 2).mean()


def spectral_radius(W):
    return torch.linalg.eigvals(W.detach()).abs().max()


def train(parameters, x, y, rate, updates):
    current = {name: value.detach().requires_grad_() for name, value in parameters.items()}
    radii = [spectral_radius(current["W_hh"])]
    for _ in range(updates):
        gradients = torch.autograd.grad(loss_of(current, x, y), list(current.values()))
        with torch.no_grad():
            for weight, gradient in zip(current.values(), gradients):
                weight -= rate * gradient
        radii.append(spectral_radius(current["W_hh"]))
    return {name: value.detach() for name, value in current.items()}, torch.stack(radii)


def near_and_far(parameters, x, y, near):
    uses = [parameters["W_hh"].clone().requires_grad_() for _ in range(x.shape[1])]
    h = x.new_zeros(len(x), len(parameters["w_out"]))
    for t, W in enumerate(uses):
        h = torch.tanh(h @ W.T + x[:, t] @ parameters["W_xh"].T)
    loss = ((h @ parameters["w_out"] - y) ** 2).mean()
    shares = torch.stack(torch.autograd.grad(loss, uses))
    edge = len(uses) - near
    return shares[edge:].sum(0).norm().item(), shares[:edge].sum(0).norm().item()
