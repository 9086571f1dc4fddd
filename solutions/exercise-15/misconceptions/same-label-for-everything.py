r"""Your predictor answers as if it hadn't looked: both sequences get the same label, which is right on half of them, as a coin would be. Is anything trained
before it answers? If so, the label is lost somewhere on its way, and the loss tells you where. Does it fall to 0 within a few updates? Then look at
the labels that reach it: with one sequence, or a batch whose labels are all alike, "always say 1" is perfect, and nothing has to be remembered. Does
it stay near $\ln 2 = 0.693$, the loss of a guess? Then perhaps no gradient arrives: each step starts from zeros or from a detached state, or the
gates are half open and leave $0.5^{30} = 9 \cdot 10^{-10}$ of it on the direct path, too little unless the optimizer rescales it. Is it the same number
to the last digit at every update? Then no weight moves: `backward()` only measures, `step()` acts. A loss that fell doesn't prove memory; different answers to
different first steps do.
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
        if kind == "gru":
            self.layer.bias_ih_l0.data.view(3, 16)[1] = 3.0

    def forward(self, x):
        _, last = self.layer(x)
        return self.readout(last.squeeze(0))


def train_recall(kind, distance, seed):
    torch.manual_seed(seed)
    model = Recaller(kind)
    optimizer = torch.optim.Rprop(model.parameters(), lr=0.1)
    x, y = recall_batch(1, distance, seed)
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
