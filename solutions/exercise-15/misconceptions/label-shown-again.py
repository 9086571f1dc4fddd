r"""Your later steps still show the label. Then the last step alone tells the answer, and a network without any memory scores 100 %: it recalls nothing, it reads. That is the oldest trap of memory tests, a *leak*, and the training loss looks wonderful with it.
Cover row 0 of `x[0]` with your hand: for $D = 3$ you'd still see a 1 in the label's column three times. Every later step must be $(0, 0, 1)$ for both labels. On sequences where the label is
shown once, a network trained on yours may well have lost it after 30 steps: it had no reason to keep it.
"""

import torch
from torch import nn


def recall_batch(batch, distance, seed):
    y = torch.randint(2, (batch,), generator=torch.Generator().manual_seed(seed))
    x = torch.zeros(batch, distance + 1, 3)
    x[torch.arange(batch), :, y] = 1.0
    x[:, 1:, 2] = 1.0
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
