r"""Autograd told you that the last `c` was not used, though $L$ is the sum of $h_T = o_T \odot \tanh(c_T)$. It is right: the tensor that you asked about isn't
the one that $h_T$ was made from. `torch.nn.LSTMCell` hands out such a one: given a single row, it makes a batch of one, computes $c_t$ and from it $h_t$ inside, and gives you a
fresh view of each. Your `c` leads to the next step, but not to its own `h`. Silencing it with `allow_unused=True` would only hide this: over two steps with
all weights and biases 0, so that $f = o = 0.5$, you'd get $(0.25, 0)$ for $(0.25, 0.5)$. Differentiate with respect to a tensor that $h_t$ really descends from: feed a batch of
one, or write the two lines of the cell yourself.
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
    cell = torch.nn.LSTMCell(x.shape[1], W_hh.shape[1], dtype=x.dtype)
    if kind == "lstm":
        cell.load_state_dict(state_dict)
    memory = []
    for x_t in x:
        if kind == "lstm":
            h, c = cell(x_t, (h, c))
        else:
            h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c)
        memory.append(c if kind == "lstm" else h)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
