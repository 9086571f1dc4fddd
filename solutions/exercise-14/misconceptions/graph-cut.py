r"""Your profile is 0 everywhere but at the end. Perhaps the state is detached between steps. That saves memory, and it is what truncated backpropagation does on
purpose, but a detached state is a constant to autograd: nothing that happened before it can get a gradient. In the public example, where every step back keeps
90 %, you get $(0, 0, 1)$ for $(0.81, 0.9, 1)$. The zeros don't say that the gradient vanished; they say that it was never let through. Keep the whole chain of
states connected until you have differentiated.
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
    W_ih, W_hh = state_dict["weight_ih"].clone().requires_grad_(), state_dict["weight_hh"]
    b_ih, b_hh = state_dict["bias_ih"], state_dict["bias_hh"]
    step = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}[kind]
    h = c = x.new_zeros(W_hh.shape[1]).requires_grad_()
    memory = []
    for x_t in x:
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h.detach() + b_hh, h.detach(), c.detach())
        if not h.requires_grad:
            h, c = h.requires_grad_(), c.requires_grad_()
        memory.append(c if kind == "lstm" else h)
    gradients = torch.autograd.grad(h.sum(), memory, allow_unused=True)
    zero = x.new_zeros(W_hh.shape[1])
    return torch.stack([(zero if gradient is None else gradient).norm() for gradient in gradients])


def decades_per_step(profile):
    decades = profile.double().log10()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()
    return float((t * decades).sum() / (t * t).sum())
