"""Exercise 15, reference: a memory task, and a network trained to solve it."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

HIDDEN = 16
BATCH = 32
UPDATES = 30
ENOUGH = 0.05  # training stops at this loss: the right label then has a probability of about 0.95
KEEP = 3.0  # where the update gate's bias starts: sigmoid(3) = 0.953 of the old state is kept at every step


def recall_batch(batch: int, distance: int, seed: int) -> tuple[Tensor, Tensor]:
    """Return x (batch, distance + 1, 3), float32, and y (batch,), int64: a label shown once, then blanks."""
    y = torch.randint(2, (batch,), generator=torch.Generator().manual_seed(seed))
    x = torch.zeros(batch, distance + 1, 3)
    x[torch.arange(batch), 0, y] = 1.0  # the label, at the first step only
    x[:, 1:, 2] = 1.0  # from then on: "nothing to see"
    return x, y


class Recaller(nn.Module):
    """A recurrent layer whose last state is read out as scores for the two labels."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        layer = {"rnn": nn.RNN, "gru": nn.GRU}[kind]
        self.layer = layer(3, HIDDEN, batch_first=True)
        self.readout = nn.Linear(HIDDEN, 2)
        if kind == "gru":
            # Gates start about half open and forget within a few steps, so hardly any gradient reaches step 0. Starting
            # near "keep" lets it through from the first update on. torch's rows are r, z, n, and its z = 1 keeps.
            self.layer.bias_ih_l0.data.view(3, HIDDEN)[1] = KEEP

    def forward(self, x: Tensor) -> Tensor:
        _, last = self.layer(x)
        return self.readout(last.squeeze(0))


def train_recall(kind: str, distance: int, seed: int) -> Callable[[Tensor], Tensor]:
    """Return a predictor, x (batch, distance + 1, 3) to labels (batch,), trained on sequences of this distance."""
    torch.manual_seed(seed)
    model = Recaller(kind)
    x, y = recall_batch(BATCH, distance, seed)  # one batch will do: it holds both sequences, and there are only two
    # Every update sees all the data, so the signs of its gradients can be trusted: Rprop may begin with long steps.
    optimizer = torch.optim.Rprop(model.parameters(), lr=0.1)
    for _ in range(UPDATES):
        loss = nn.functional.cross_entropy(model(x), y)
        if loss < ENOUGH:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def predict(x: Tensor) -> Tensor:
        with torch.no_grad():
            return model(x).argmax(dim=1)

    return predict
