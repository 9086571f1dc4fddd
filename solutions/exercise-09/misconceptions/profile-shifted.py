r"""Your profile includes $h_0$. Perhaps the state *before* each step is kept (or both ends are), or a walk backward measures each gradient after it has passed the step,
and not before. The exercise asks for the states that the network computes, $h_1 \dots h_T$.

Take $T = 1$. There is one computed state, $h_1$, and $L = \sum_i h_1[i]$, so the profile is the single number $\sqrt{d}$. The state before the step is $h_0$,
and its gradient has already met the factor of one step. In the worked example a list of $h_0, h_1, h_2$ is $0.1261, 0.3753, 0.6659$, without the 1
at the end, and a list of all four has one entry too many.

Entry `t` is $h_{t+1}$ because Python counts from 0 and the first computed state is $h_1$. $T$ steps make $T$ states. Check that the
last entry is $\sqrt{d}$: nothing lies between $h_T$ and the loss.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        states.append(h)
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
