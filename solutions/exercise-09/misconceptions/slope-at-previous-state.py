r"""In your profile each step back has the slope of the state that it arrives at. The step from $h_{t+1}$ back to $h_t$ goes through the tanh that *made* $h_{t+1}$,
so its slope is $1 - h_{t+1}^2$. Yours is $1 - h_t^2$. (A run that is one step short, from $h_0$ to a loss at $h_{T-1}$, has this profile, too: count your
states.)

In the worked example the states are $0.7616, 0.5436, 0.4094$. From $h_3$ back to $h_2$ the factor is $0.8\,(1 - 0.4094^2) = 0.6659$; yours is
$0.8\,(1 - 0.5436^2) = 0.5636$. The last entry is right; every entry before it carries the error on.

Ask which tanh lies *between* the two states: it is the one whose output is the later state. If step $t$ saturates, the
gradient still reaches $h_t$ and dies just before it; in your profile $h_t$ itself gets nothing either.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    states = [h0]
    for x_t in x:
        states.append(torch.tanh(W_hh @ states[-1] + W_xh @ x_t + b))
    gradient = torch.ones_like(h0)
    norms = []
    for t in range(len(x), 0, -1):
        norms.insert(0, gradient.norm())
        gradient = W_hh.T @ ((1 - states[t - 1] ** 2) * gradient)
    return torch.stack(norms)
