r"""Your `y` doesn't belong to your `x`, as if the labels were drawn once for the sequences and a second time for the answers. Then about half of the answers are wrong, as by the toss of a coin, and there is nothing to learn: with a large batch, or a new one at every update, the loss stays near $\ln 2 = 0.693$ however long you train. Print `x[i, 0]` beside `y[i]` for a few `i`: every 1 must stand in
column `y[i]`. Draw once, keep the result, and make both from it.
"""

import torch
from torch import nn


def recall_batch(batch, distance, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.zeros(batch, distance + 1, 3)
    x[torch.arange(batch), 0, torch.randint(2, (batch,), generator=generator)] = 1.0
    x[:, 1:, 2] = 1.0
    y = torch.randint(2, (batch,), generator=generator)
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
