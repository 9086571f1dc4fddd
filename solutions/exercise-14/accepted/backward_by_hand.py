"""No autograd: numpy in float64, every backward step derived by hand."""

import numpy as np
import torch


def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))


def rnn(W, U, b, c, xs):
    d = U.shape[1]
    hs = [np.zeros(d)]
    for x in xs:
        hs.append(np.tanh(W @ x + b + U @ hs[-1] + c))
    gradient, profile = np.ones(d), []
    for h in reversed(hs[1:]):
        profile.append(np.linalg.norm(gradient))
        gradient = U.T @ ((1 - h**2) * gradient)
    return profile


def gru(W, U, b, c, xs):
    d = U.shape[1]
    h, saved = np.zeros(d), []
    for x in xs:
        from_x, from_h = W @ x + b, U @ h + c
        r, z = sigma(from_x[:d] + from_h[:d]), sigma(from_x[d : 2 * d] + from_h[d : 2 * d])
        n = np.tanh(from_x[2 * d :] + r * from_h[2 * d :])
        saved.append((h, r, z, n, from_h[2 * d :]))
        h = (1 - z) * n + z * h
    gradient, profile = np.ones(d), []
    for h, r, z, n, u in reversed(saved):
        profile.append(np.linalg.norm(gradient))
        at_n = gradient * (1 - z) * (1 - n**2)
        at_z = gradient * (h - n) * z * (1 - z)
        at_r = at_n * u * r * (1 - r)
        gradient = gradient * z + U.T @ np.concatenate([at_r, at_z, at_n * r])
    return profile


def lstm(W, U, b, bias, xs):
    d = U.shape[1]
    h, c, saved = np.zeros(d), np.zeros(d), []
    for x in xs:
        a = W @ x + b + U @ h + bias
        i, f, g, o = sigma(a[:d]), sigma(a[d : 2 * d]), np.tanh(a[2 * d : 3 * d]), sigma(a[3 * d :])
        before, c = c, f * c + i * g
        h = o * np.tanh(c)
        saved.append((before, i, f, g, o, np.tanh(c)))
    at_h, from_next, profile = np.ones(d), np.zeros(d), []
    for before, i, f, g, o, squashed in reversed(saved):
        at_c = from_next + at_h * o * (1 - squashed**2)
        profile.append(np.linalg.norm(at_c))
        at_a = np.concatenate(
            [at_c * g * i * (1 - i), at_c * before * f * (1 - f), at_c * i * (1 - g**2), at_h * squashed * o * (1 - o)]
        )
        at_h, from_next = U.T @ at_a, at_c * f
    return profile


def gradient_profile(kind, state_dict, x):
    p = {name: value.detach().double().numpy() for name, value in state_dict.items()}
    run = {"rnn": rnn, "gru": gru, "lstm": lstm}[kind]
    backward = run(p["weight_ih"], p["weight_hh"], p["bias_ih"], p["bias_hh"], x.double().numpy())
    return torch.tensor(backward[::-1], dtype=x.dtype)


def decades_per_step(profile):
    return np.polyfit(np.arange(len(profile)), np.log10(profile.double().numpy()), 1)[0]
