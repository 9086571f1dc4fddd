"""A GRU written out in the course's convention, with start times of the gates spread over the distance (chrono)."""

import math

import torch


def recall_batch(batch, distance, seed):
    generator = torch.Generator()
    generator.manual_seed(1000 + seed)
    y = torch.empty(batch).bernoulli_(0.5, generator=generator).to(torch.int64)
    x = torch.zeros((batch, distance + 1, 3), dtype=torch.float32)
    x[:, 0, 0], x[:, 0, 1], x[:, 1:, 2] = (1 - y).float(), y.float(), 1.0
    return x, y


def start(kind, size, distance, generator):
    def matrix(rows, columns):
        return torch.randn(rows, columns, generator=generator) / math.sqrt(columns)

    p = {"W_h": matrix(size, 3), "U_h": matrix(size, size), "b_h": torch.zeros(size), "V": matrix(2, size), "c": torch.zeros(2)}
    if kind == "gru":
        p |= {"W_z": matrix(size, 3), "U_z": 0.1 * matrix(size, size)}
        # z = 0 keeps the old state: a unit of bias -log(tau) forgets in about tau steps.
        p["b_z"] = -torch.log(1 + 2 * (distance + 1) * torch.rand(size, generator=generator))
        p |= {"W_r": matrix(size, 3), "U_r": matrix(size, size), "b_r": torch.zeros(size)}
    return {name: value.requires_grad_() for name, value in p.items()}


def logits(p, x):
    h = torch.zeros(len(x), len(p["b_h"]))
    for t in range(x.shape[1]):
        x_t = x[:, t]
        if "b_z" in p:
            z = torch.sigmoid(x_t @ p["W_z"].T + h @ p["U_z"].T + p["b_z"])
            r = torch.sigmoid(x_t @ p["W_r"].T + h @ p["U_r"].T + p["b_r"])
            h = (1 - z) * h + z * torch.tanh(x_t @ p["W_h"].T + (r * h) @ p["U_h"].T + p["b_h"])
        else:
            h = torch.tanh(x_t @ p["W_h"].T + h @ p["U_h"].T + p["b_h"])
    return h @ p["V"].T + p["c"]


def train_recall(kind, distance, seed):
    parameters = start(kind, 16, distance, torch.Generator().manual_seed(seed))
    optimizer = torch.optim.RMSprop(parameters.values(), lr=0.01)
    for update in range(150):
        x, y = recall_batch(8, distance, seed + update)
        loss = torch.nn.functional.cross_entropy(logits(parameters, x), y)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(parameters.values()), 1.0)
        optimizer.step()
        if loss.item() < 0.02:
            break
    frozen = {name: value.detach() for name, value in parameters.items()}
    return lambda x: logits(frozen, x).argmax(1)
