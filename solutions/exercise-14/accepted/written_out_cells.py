"""The three cells written out from the parameters, with gradients retained on the memory."""

import math

import torch


def rnn_step(p, x, h, c):
    return torch.tanh(p["weight_ih"] @ x + p["bias_ih"] + p["weight_hh"] @ h + p["bias_hh"]), c


def gru_step(p, x, h, c):
    r_x, z_x, n_x = (p["weight_ih"] @ x + p["bias_ih"]).chunk(3)
    r_h, z_h, n_h = (p["weight_hh"] @ h + p["bias_hh"]).chunk(3)
    r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
    n = torch.tanh(n_x + r * n_h)
    return (1 - z) * n + z * h, c


def lstm_step(p, x, h, c):
    rows = p["weight_ih"] @ x + p["bias_ih"] + p["weight_hh"] @ h + p["bias_hh"]
    i, f, g, o = rows.chunk(4)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    c.retain_grad()
    return torch.sigmoid(o) * torch.tanh(c), c


STEPS = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}


def gradient_profile(kind, state_dict, x):
    parameters = {name: value.clone().requires_grad_() for name, value in state_dict.items()}
    d = parameters["weight_hh"].shape[1]
    h = c = torch.zeros(d, dtype=x.dtype)
    memory = []
    for row in x:
        h, c = STEPS[kind](parameters, row, h, c)
        h.retain_grad()
        memory.append(c if kind == "lstm" else h)
    h.sum().backward()
    return torch.tensor([m.grad.norm().item() for m in memory], dtype=x.dtype)


def decades_per_step(profile):
    ys = [math.log10(value) for value in profile.tolist()]
    count = len(ys)
    ts = range(count)
    sum_t, sum_y = sum(ts), sum(ys)
    sum_ty = sum(t * y for t, y in zip(ts, ys, strict=True))
    return (count * sum_ty - sum_t * sum_y) / (count * sum(t * t for t in ts) - sum_t**2)
