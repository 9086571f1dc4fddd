r"""The LSTM is measured at $h_t$ here, which is right for the other two. But $h_t$ isn't where an LSTM keeps its memory: it is what the cell shows at step $t$,
made anew from $c_t$ every time. Take the statement's example with all weights 0 and $f = 0.5$: no later step looks at $h_t$ at all, so your profile over three
steps is $(0, 0, 1)$, as if the past could not matter. Yet the cell carries $(0.125, 0.25, 0.5)$. Ask which of the two states is *kept* from step to step, and
measure there. A last entry of $\sqrt d$ is the sign that nothing lay between your state and the loss.
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
        memory.append(h)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
