r"""In your GRU the reset gate does nothing: the candidate is $\tanh(n_x + n_h)$, where torch has $\tanh(n_x + r \odot n_h)$. Here $n_x$ comes from the input and $n_h$ from the state,
each with its bias. Perhaps $r$ is computed, and not used.

Take one unit with $r = 0.5$, $n_x = 1$ and $n_h = -1$. torch's candidate is $\tanh(1 - 0.5) = 0.462$, yours is $\tanh(0) = 0$. And with $r = 0$ the candidate must not notice the old state at all.

Two of torch's three blocks are gates. Where in your step does the first one act?
"""

import torch
from torch import sigmoid, tanh


def rnn_step(from_x, from_h, h, c):
    return tanh(from_x + from_h), c


def gru_step(from_x, from_h, h, c):
    _, z_x, n_x = from_x.chunk(3)
    _, z_h, n_h = from_h.chunk(3)
    z = sigmoid(z_x + z_h)
    return (1 - z) * tanh(n_x + n_h) + z * h, c


def lstm_step(from_x, from_h, h, c):
    i, f, g, o = (from_x + from_h).chunk(4)
    c = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c), c


def gradient_profile(kind, state_dict, x):
    W_ih, W_hh = state_dict["weight_ih"], state_dict["weight_hh"]
    b_ih, b_hh = state_dict["bias_ih"], state_dict["bias_hh"]
    step = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}[kind]
    h = c = x.new_zeros(W_hh.shape[1]).requires_grad_()
    memory = []
    for x_t in x:
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c)
        memory.append(c if kind == "lstm" else h)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
