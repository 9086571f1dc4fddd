r"""Your radii are spectral norms, largest singular values. From an orthogonal start they begin at 1 as well, since there the two agree; after an
update they differ as a rule.

Take `[[0, 4], [0.16, 0]]`. Its norm is 4, its eigenvalues are $\pm 0.8$: the norm tells what one step can do, the radius how a long power ends.

The statement asks for the eigenvalues.
"""

import torch


def loss_of(parameters, x, y):
    h = x.new_zeros(len(x), len(parameters["w_out"]))
    for t in range(x.shape[1]):
        h = torch.tanh(h @ parameters["W_hh"].T + x[:, t] @ parameters["W_xh"].T)
    return ((h @ parameters["w_out"] - y) ** 2).mean()


def spectral_radius(W):
    return torch.linalg.matrix_norm(W.detach(), 2)


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
    loss = ((h @ parameters["w_out"] - y) ** 2).mean()
    shares = torch.stack(torch.autograd.grad(loss, uses))
    edge = len(uses) - near
    return shares[edge:].sum(0).norm().item(), shares[:edge].sum(0).norm().item()
