r"""Your profile is that of the gradient with respect to $z_t$, the sum *before* the tanh. It has already been multiplied by the slope $1 - \tanh^2(z_t)$ of its
own step. The exercise asks for the gradient with respect to $h_t$, *after* the tanh.

The last entry shows it: $L = \sum_i h_T[i]$ gives $\partial L/\partial h_T = \mathbf{1}$, whatever the weights. Yours is $1 - h_T^2$: in the worked example
$1 - 0.4094^2 = 0.8324$ in place of 1. At a saturated step the difference is dramatic: with $z_t = 5$ you report $0.00018$ of a gradient that
reaches $h_t$ unharmed.

The slope at step $t$ is paid on the way from $h_t$ to $h_{t-1}$. So it belongs to the entries *before* $t$, not to entry $t$ itself.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    sums = []
    for x_t in x:
        z = W_hh @ h + W_xh @ x_t + b
        sums.append(z)
        h = torch.tanh(z)
    gradients = torch.autograd.grad(h.sum(), sums)
    return torch.stack([gradient.norm() for gradient in gradients])
