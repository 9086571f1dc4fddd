r"""Your norms stand in the order in which the walk backward meets them. All the numbers are right, and each stands at the wrong step: your list starts with
$\lVert \partial L/\partial h_T \rVert$.

Take the worked example, one unit and three steps, with the profile $0.3753, 0.6659, 1$. You return $1, 0.6659, 0.3753$, which
says that the *first* state is taught best and that the gradient explodes on its way back. The real story is the opposite.

Entry 0 belongs to $h_1$, the state farthest from the loss. Backpropagation visits the states last to first; the result lists them first to last. A quick test
for any profile: the $\sqrt{d}$ has to be at the end.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    states.reverse()
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
