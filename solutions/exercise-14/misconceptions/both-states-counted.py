r"""For the LSTM the gradients of $h_t$ and $c_t$ go into one norm here. They aren't two separate stores: $h_t$ is made from $c_t$, so what reaches $h_t$ flows
on into $c_t$ and is counted twice. Take one unit with $o = 0.5$ and $c_T = 0$. The gradient at $h_T$ is 1; half of it reaches $c_T$. You report
$\sqrt{1^2 + 0.5^2} = 1.118$, more than the loss ever sent. The memory is $c_t$ alone, and the total gradient at $c_t$ already holds what came through $h_t$.
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
    memory, shown = [], []
    for x_t in x:
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c)
        memory.append(c if kind == "lstm" else h)
        shown.append(h)
    if kind == "lstm":
        gradients = torch.autograd.grad(h.sum(), memory + shown)
        both = zip(gradients[: len(x)], gradients[len(x) :], strict=True)
        return torch.stack([torch.cat(pair).norm() for pair in both])
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
