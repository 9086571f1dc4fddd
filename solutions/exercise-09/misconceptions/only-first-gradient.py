r"""Your result is the norm of one gradient, the one that arrives at the very start $h_0$. That is one number where a *profile* is asked for: `(T,)`, one norm
for each of $h_1 \dots h_T$.

In the worked example (three steps) your answer is the single number $0.1261$: small, but lost where? The profile $0.3753, 0.6659, 1$ shows
it: a third is lost between $h_3$ and $h_2$, and nearly half of the rest between $h_2$ and $h_1$. From one end
point you can't see whether the decay was steady or happened at one saturated step.

If $h_0$ requires a gradient, that is right: it makes autograd record the chain. But the gradients to be *read* are those of the states that
the chain passes through, so each of them has to be kept.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    start = h0.clone().requires_grad_()
    h = start
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
    h.sum().backward()
    return start.grad.norm()
