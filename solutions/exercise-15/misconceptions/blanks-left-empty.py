r"""Your later steps are all zeros; the blank is $(0, 0, 1)$. The third column is a symbol of its own, like a space in a text: it tells the network that a step has passed and that it held no label. With zeros the input vanishes from the formulas after step 0, and the network is trained to keep its state under an input that it
will never be given. In this task every row of `x` has exactly one 1.
"""

import torch
from torch import nn


def recall_batch(batch, distance, seed):
    y = torch.randint(2, (batch,), generator=torch.Generator().manual_seed(seed))
    x = torch.zeros(batch, distance + 1, 3)
    x[torch.arange(batch), 0, y] = 1.0
    return x, y


class Recaller(nn.Module):
    def __init__(self, kind):
        super().__init__()
        layer = {"rnn": nn.RNN, "gru": nn.GRU}[kind]
        self.layer = layer(3, 16, batch_first=True)
        self.readout = nn.Linear(16, 2)
        if kind == "gru":
            self.layer.bias_ih_l0.data.view(3, 16)[1] = 3.0

    def forward(self, x):
        _, last = self.layer(x)
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

    def predict(x):
        with torch.no_grad():
            return model(x).argmax(dim=1)

    return predict
