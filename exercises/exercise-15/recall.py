"""Exercise 15: remembering one label over many steps."""

from collections.abc import Callable

import torch


def recall_batch(batch: int, distance: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a batch of the memory task: a label is shown once, then nothing but blanks.

    Args:
        batch: the number of sequences, at least 1
        distance: the number of blank steps after the label, at least 1
        seed: decides the labels: the same seed gives the same batch, other seeds give other ones
            (small batches may agree by chance)

    Returns:
        x: float32, (batch, distance + 1, 3). Step 0 is the one-hot of the label in columns 0 and 1, with 0 in column 2.
            Every later step is (0, 0, 1).
        y: int64, (batch,): the labels, each 0 or 1, drawn at random
    """
    raise NotImplementedError("Write recall_batch: replace this line.")


def train_recall(kind: str, distance: int, seed: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a predictor: a recurrent network, trained to recall the label of a sequence after `distance` blanks.

    Args:
        kind: "rnn" (a vanilla tanh RNN) or "gru"
        distance: the number of blank steps after the label, in training and in use
        seed: decides the start weights, and whatever else is random

    Returns:
        a function (or callable object): predictor(x) takes a float32 x (batch, distance + 1, 3) with any batch size and
        returns the labels that it predicts, int64, (batch,). It may be called many times.

    One call must take less than 60 s on one core. Over 30 steps the GRU must be right on at least 95 %.
    """
    raise NotImplementedError("Write train_recall: replace this line.")
