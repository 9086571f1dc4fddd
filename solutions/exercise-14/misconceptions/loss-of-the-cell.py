r"""For the LSTM your loss is the sum of the last *cell*, $c_T$. That the memory is measured at $c_t$ doesn't change what the loss looks at: $L$ is the sum of
$h_T$, for all three kinds. With one step your entry is $\sqrt d$, the gradient of a sum with respect to its own terms. But between $c_T$ and $h_T$ lie the
output gate and a $\tanh$: with $o = 0.5$ and $c_T = 0$ only half of it arrives. An output gate near 0 would hide the memory from the loss altogether, and your
profile could never show that.
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
    loss = c.sum() if kind == "lstm" else h.sum()
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(loss, memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
