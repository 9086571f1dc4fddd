r"""Your training isn't plain gradient descent: its steps look as if nine tenths of each were added to the next one, which is what a momentum of $0.9$ does. The statement asks for plain gradient descent, without
momentum: a step is the rate times the gradient where the weights stand now.

The first update is right, since nothing came before it, and a short test passes. But suppose the gradient were 1 three times: plain steps of $0.1$ go $0.3$ far, and those with momentum $0.1 + 0.19 + 0.271 = 0.561$.

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
    optimizer = torch.optim.SGD(list(current.values()), lr=rate, momentum=0.9)
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
