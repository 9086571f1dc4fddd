r"""Your training isn't plain gradient descent: its steps look like those of Adam. The statement asks for plain gradient descent, without momentum and without a
scale for each weight: only then is a step the gradient times the rate.

In the worked example one update moves $W_{hh}$ by the rate times its gradient, $0.1 \cdot 1.922 = 0.192$. Adam's first step is as long as the rate for *every* weight, here $0.1$,
however long the gradient (unless it is 0).

With another optimizer it is another experiment, and its numbers can't be compared with the statement's.
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
    optimizer = torch.optim.Adam(list(current.values()), lr=rate)
    radii = [spectral_radius(current["W_hh"])]
    for _ in range(updates):
        optimizer.zero_grad()
        loss_of(current, x, y).backward()
        optimizer.step()
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
