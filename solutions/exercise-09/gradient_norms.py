"""Exercise 09: how much of the loss reaches each state of a recurrent network."""

import torch


def gradient_norms(
    W_hh: torch.Tensor,
    W_xh: torch.Tensor,
    b: torch.Tensor,
    x: torch.Tensor,
    h0: torch.Tensor,
) -> torch.Tensor:
    """Return (T,): entry t is the length of the gradient of L = h_T.sum() with respect to h_{t+1}."""
    # Autograd records only what descends from a tensor that asks for gradients. Our own copy of h0 asks.
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    # One walk backward gives the gradient of the last state with respect to every state, in the order of the list.
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
