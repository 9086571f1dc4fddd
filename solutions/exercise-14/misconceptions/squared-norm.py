r"""Your norms are sums of squares, without the root. Look at the last entry of an RNN with four units: the gradient is $(1, 1, 1, 1)$, its length is 2, and you
return 4. With one unit and a gradient of 1 nobody can tell. Farther back it gets worse: where a step multiplies the true norm by $0.9$, it multiplies yours by $0.81$, so
in decades your profile falls twice as fast as it should. The Euclidean norm is the *root* of the sum of squares.
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
    return torch.stack([(gradient**2).sum() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
