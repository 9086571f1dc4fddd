r"""Your gradient goes back along the cells alone, one forget gate per step. That is the famous path, but not the only one: $c_t$ also shows itself as
$h_t = o_t \odot \tanh(c_t)$, and $h_t$ enters the gates and the candidate of step $t + 1$. Take one unit with $c_t = 0$, all inputs, weights and biases 0
but a weight of 2 from $h_t$ into $g$: all gates stand at 0.5. The direct way passes $f = 0.5$. The way round passes $o \cdot 2 \cdot i = 0.5 \cdot 2 \cdot 0.5 = 0.5$ as well, so the step multiplies by 1: that cell
loses nothing, and you report a gradient that halves. The forget gates are the whole way back only where nothing comes through $h_t$, as with recurrent
weights of 0; the *total* gradient adds both ways.
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
    memory, f_gates = [], []
    for x_t in x:
        before = h
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c)
        memory.append(c if kind == "lstm" else h)
        f_gates.append(sigmoid((W_ih @ x_t + b_ih + W_hh @ before + b_hh).chunk(4)[1]) if kind == "lstm" else None)
    if kind == "lstm":
        gradient = torch.autograd.grad(h.sum(), c)[0]
        norms = [gradient.norm()]
        for f in reversed(f_gates[1:]):
            gradient = gradient * f.detach()
            norms.insert(0, gradient.norm())
        return torch.stack(norms)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
