r"""In the GRU the two gates have changed places: the first block of the weights does the work of $z$, and the second that of $r$. torch keeps them in the order $r$, $z$, $n$.

The shapes don't complain, since all three blocks are alike. But take one unit whose first block makes $0.5$ and whose second makes $0.99$. torch's cell has $z = 0.99$ and keeps 99 % of the old state at every step. Yours
has $z = 0.5$: half of it is gone after one step, and half of the direct way back for the gradient, too.

Which gate a block is for, the contract says in one line. The RNN and the LSTM are not touched by this.
"""

import torch


def gradient_profile(kind, state_dict, x):
    W_ih, W_hh = state_dict["weight_ih"], state_dict["weight_hh"]
    b_ih, b_hh = state_dict["bias_ih"], state_dict["bias_hh"]
    h = c = x.new_zeros(W_hh.shape[1]).requires_grad_()
    memory = []
    for x_t in x:
        a, u = W_ih @ x_t + b_ih, W_hh @ h + b_hh
        if kind == "rnn":
            h = torch.tanh(a + u)
        elif kind == "gru":
            (z_x, r_x, n_x), (z_h, r_h, n_h) = a.chunk(3), u.chunk(3)
            z, r = torch.sigmoid(z_x + z_h), torch.sigmoid(r_x + r_h)
            h = (1 - z) * torch.tanh(n_x + r * n_h) + z * h
        else:
            i, f, g, o = (a + u).chunk(4)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
        memory.append(c if kind == "lstm" else h)
    return torch.stack([each.norm() for each in torch.autograd.grad(h.sum(), memory)])


def decades_per_step(profile):
    y = profile.double().log10()
    t = torch.arange(len(y), dtype=torch.float64)
    t = t - t.mean()
    return float((t * y).sum() / (t * t).sum())
