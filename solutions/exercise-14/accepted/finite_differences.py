"""Central differences in float64: nudge one entry of one memory, run on from there, look at the loss."""

import torch


def gradient_profile(kind, state_dict, x):
    d = state_dict["weight_hh"].shape[1]
    make = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}[kind]
    cell = make(x.shape[1], d).double()
    cell.load_state_dict(state_dict)
    xs, eye = x.double(), torch.eye(d, dtype=torch.float64)
    with torch.no_grad():
        bias, W = cell.bias_ih + cell.bias_hh, cell.weight_ih
        state = torch.zeros(d, dtype=torch.float64)
        state = (state, state) if kind == "lstm" else state
        profile = []
        for t in range(len(xs)):
            previous, state = state, cell(xs[t], state)
            losses = []
            for nudge in (1e-5, -1e-5):
                # One row per nudged entry: a batch of d runs that differ in one entry of the memory.
                if kind == "lstm":
                    rows = W @ xs[t] + bias + cell.weight_hh @ previous[0]
                    o = torch.sigmoid(rows[3 * d :])
                    c = state[1] + nudge * eye
                    batch = (o * torch.tanh(c), c)
                else:
                    batch = state + nudge * eye
                for row in xs[t + 1 :]:
                    batch = cell(row.expand(d, -1), batch)
                losses.append((batch[0] if kind == "lstm" else batch).sum(dim=1))
            profile.append(((losses[0] - losses[1]) / 2e-5).norm())
    return torch.stack(profile).to(x.dtype)


def decades_per_step(profile):
    design = torch.stack([torch.arange(len(profile), dtype=torch.float64), torch.ones(len(profile)).double()], dim=1)
    return torch.linalg.lstsq(design, profile.double().log10()[:, None]).solution[0, 0].item()
