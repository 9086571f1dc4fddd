r"""Your slope is that of a line through the first and the last entry, and it is blind to all the others (as a mean of the differences from entry to entry
is, too: in their sum all that lies between cancels). $(0.001, 0.01, 0.1, 1)$ and $(0.001, 1, 1, 1)$ get the
same 1 from you. In the second the gradient is whole except for one step. A least-squares line weighs every entry and gives $0.9$ (with only three entries its slope is yours). With noise
it matters more still: one odd value at an end would set your whole result.
"""

import torch
from torch import sigmoid, tanh


def rnn_step(from_x, from_h, h, c):
    return tanh(from_x + from_h), c


def gru_step(from_x, from_h, h, c):
    r_x, z_x, n_x = from_x.chunk(3)
    r_h, z_h, n_h = from_h.chunk(3)
    r, z = sigmoid(r_x + r_h), sigmoid(z_x + z_h)
    return (1 - z) * tanh(n_x + r * n_h) + z * h, c


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
    return float((decades[-1] - decades[0]) / (t[-1] - t[0]))
