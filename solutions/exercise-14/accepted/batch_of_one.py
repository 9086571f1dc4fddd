"""torch's own cells, run on a batch of one."""

import torch

CELLS = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}


def gradient_profile(kind, state_dict, x):
    hidden_size = state_dict["weight_hh"].shape[1]
    cell = CELLS[kind](x.shape[1], hidden_size, dtype=x.dtype)
    cell.load_state_dict(state_dict)
    h = c = x.new_zeros(1, hidden_size)
    memory = []
    for x_t in x.unsqueeze(1):
        if kind == "lstm":
            h, c = cell(x_t, (h, c))
            memory.append(c)
        else:
            h = cell(x_t, h)
            memory.append(h)
    gradients = torch.autograd.grad(h.sum(), memory)
    return torch.stack([gradient.norm() for gradient in gradients])


def decades_per_step(profile):
    t = torch.arange(len(profile), dtype=torch.float64)
    decades = profile.to(torch.float64).log10()
    return (torch.cov(torch.stack([t, decades]))[0, 1] / t.var()).item()
