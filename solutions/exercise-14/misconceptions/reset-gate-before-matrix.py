r"""In your GRU's candidate the reset gate scales the state *before* the matrix, $W_{hn} (r \odot h)$, as this course and the original paper write it. torch
computes $r \odot (W_{hn} h + b_{hn})$: the gate comes after the matrix and scales its bias, too. Two units show the difference: with $r = (1, 0)$, $h = (1, 1)$,
every weight 1 and every bias 0, yours adds $(1, 1)$ to the sums of the two candidates, torch's adds $(2, 0)$. With one unit and no bias the two agree, so a tiny
test doesn't notice. These parameters are torch's: use torch's order.
"""

import torch
from torch import sigmoid, tanh


def rnn_step(from_x, from_h, h, c):
    return tanh(from_x + from_h), c


def gru_step(from_x, from_h, h, c, W_hh, b_hh):
    r_x, z_x, n_x = from_x.chunk(3)
    r_h, z_h, _ = from_h.chunk(3)
    r, z = sigmoid(r_x + r_h), sigmoid(z_x + z_h)
    n_h = W_hh.chunk(3)[2] @ (r * h) + b_hh.chunk(3)[2]
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
        extra = (W_hh, b_hh) if kind == "gru" else ()
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c, *extra)
        memory.append(c if kind == "lstm" else h)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
