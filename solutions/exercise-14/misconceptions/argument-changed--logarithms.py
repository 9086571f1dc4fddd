r"""The caller's profile has changed, as by `log10_()`: a method whose name ends in `_` writes into the very tensor that it
is called on. If the logarithms are written there, a profile of $0.001$, $0.01$, $0.1$, $1$ reads $-3$, $-2$, $-1$, $0$ after the call, and a second call
takes the logarithm of a negative number: NaN. Without the underscore, torch makes a new tensor.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, sigmoid, tanh


def rnn_step(from_x: Tensor, from_h: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    return tanh(from_x + from_h), c


def gru_step(from_x: Tensor, from_h: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    r_x, z_x, n_x = from_x.chunk(3)
    r_h, z_h, n_h = from_h.chunk(3)
    r, z = sigmoid(r_x + r_h), sigmoid(z_x + z_h)
    return (1 - z) * tanh(n_x + r * n_h) + z * h, c


def lstm_step(from_x: Tensor, from_h: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    i, f, g, o = (from_x + from_h).chunk(4)
    c = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c), c


def gradient_profile(kind: str, state_dict: Mapping[str, Tensor], x: Tensor) -> Tensor:
    """Return (T,): entry t is the length of the gradient of L = h_T.sum() at the memory after input x[t]."""
    W_ih, W_hh = state_dict["weight_ih"], state_dict["weight_hh"]
    b_ih, b_hh = state_dict["bias_ih"], state_dict["bias_hh"]
    step = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}[kind]
    # Autograd records only what descends from a tensor that asks for gradients: the zero start asks.
    h = c = x.new_zeros(W_hh.shape[1]).requires_grad_()
    memory = []
    for x_t in x:
        # Written out, h is computed from this very c. The c that an unbatched torch.nn.LSTMCell hands out is a view made
        # after h was computed: autograd finds no way from it to its own h.
        h, c = step(W_ih @ x_t + b_ih, W_hh @ h + b_hh, h, c)
        memory.append(c if kind == "lstm" else h)
    return torch.stack([gradient.norm() for gradient in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile: Tensor) -> float:
    """Return the least-squares slope of log10(profile) against time: decades lost per step on the way back."""
    decades = profile.log10_().double()
    t = torch.arange(len(profile), dtype=torch.float64)
    t = t - t.mean()  # centred, so that the line's height drops out of the slope
    return float((t * decades).sum() / (t * t).sum())
