r"""Your near and far parts are those of the *sum* over the batch, where the statement takes the mean: each is $B$ times as long as it should be.

With one sequence nothing shows. With 32 of them both are 32 times as long: which one is the longer still shows, but not how far a step moves $W_{hh}$.

The mean has a reason: a gradient doesn't become longer just because the batch holds more sequences.
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
    current = {name: value.clone().requires_grad_() for name, value in parameters.items()}
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
    loss = ((h @ parameters["w_out"] - y) ** 2).sum()
    shares = torch.stack(torch.autograd.grad(loss, uses))
    edge = len(uses) - near
    return shares[edge:].sum(0).norm().item(), shares[:edge].sum(0).norm().item()
