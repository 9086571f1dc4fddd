r"""Your predictor keeps its state from one call to the next. A new call is about new sequences, but yours begins with what the last ones left behind: shown label 1 first and then label 0, it may well say 1 again, since holding on to what it has seen is what it was trained for. Ask twice for the same sequence with another one between: the answers must agree. Start every call from
a zero state.
"""

import torch
from torch import nn


def recall_batch(batch, distance, seed):
    y = torch.randint(2, (batch,), generator=torch.Generator().manual_seed(seed))
    x = torch.zeros(batch, distance + 1, 3)
    x[torch.arange(batch), 0, y] = 1.0
    x[:, 1:, 2] = 1.0
    return x, y


class Recaller(nn.Module):
    def __init__(self, kind):
        super().__init__()
        layer = {"rnn": nn.RNN, "gru": nn.GRU}[kind]
        self.layer = layer(3, 16, batch_first=True)
        self.readout = nn.Linear(16, 2)
        self.kept = None
        if kind == "gru":
            self.layer.bias_ih_l0.data.view(3, 16)[1] = 3.0

    def forward(self, x):
        start = self.kept if self.kept is not None and self.kept.shape[1] == len(x) else None
        _, last = self.layer(x, start)
        self.kept = None if self.training else last.detach()
        return self.readout(last.squeeze(0))


def train_recall(kind, distance, seed):
    torch.manual_seed(seed)
    model = Recaller(kind)
    optimizer = torch.optim.Rprop(model.parameters(), lr=0.1)
    x, y = recall_batch(32, distance, seed)
    for _ in range(20):
        loss = nn.functional.cross_entropy(model(x), y)
        if loss < 0.05:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    model.eval()

    def predict(x):
        with torch.no_grad():
            return model(x).argmax(dim=1)

    return predict
