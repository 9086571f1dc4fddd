"""Backpropagation through time by hand, without autograd."""

import torch


def states_of(parameters, x):
    states = [torch.zeros(len(x), len(parameters["w_out"]), dtype=x.dtype)]
    for t in range(x.shape[1]):
        states.append(torch.tanh(states[-1] @ parameters["W_hh"].T + x[:, t] @ parameters["W_xh"].T))
    return states


def shares_of(parameters, x, y):
    """Each step's share in the gradients of W_hh and W_xh, and the gradient of w_out."""
    states = states_of(parameters, x)
    error = 2 * (states[-1] @ parameters["w_out"] - y) / len(y)
    arriving, recurrent, inputs = torch.outer(error, parameters["w_out"]), [], []
    for t in range(x.shape[1] - 1, -1, -1):
        delta = arriving * (1 - states[t + 1] ** 2)
        recurrent.insert(0, delta.T @ states[t])
        inputs.insert(0, delta.T @ x[:, t])
        arriving = delta @ parameters["W_hh"]
    return recurrent, inputs, states[-1].T @ error


def train(parameters, x, y, rate, updates):
    now, radii = dict(parameters), []
    for update in range(updates + 1):
        radii.append(torch.linalg.eig(now["W_hh"]).eigenvalues.abs().amax())
        if update < updates:
            recurrent, inputs, out = shares_of(now, x, y)
            now = {
                "W_hh": now["W_hh"] - rate * sum(recurrent),
                "W_xh": now["W_xh"] - rate * sum(inputs),
                "w_out": now["w_out"] - rate * out,
            }
    return now, torch.stack(radii)


def near_and_far(parameters, x, y, near):
    recurrent, _, _ = shares_of(parameters, x, y)
    nothing = torch.zeros_like(parameters["W_hh"])
    edge = len(recurrent) - near
    return tuple(sum(part, nothing).square().sum().sqrt().item() for part in (recurrent[edge:], recurrent[:edge]))
