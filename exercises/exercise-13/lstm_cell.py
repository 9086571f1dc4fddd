"""Exercise 13: an LSTM cell, and how much of a gradient its cell path lets through."""

import torch


class LSTMCell(torch.nn.Module):
    """One LSTM step: c' = f * c + i * g and h' = o * tanh(c').

    Parameters: W_f, W_i, W_g, W_o (d, n); U_f, U_i, U_g, U_o (d, d); b_f, b_i, b_g, b_o (d,), with n = input_size and
    d = hidden_size. b_f starts at 1; every other start is free.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        raise NotImplementedError("Write LSTMCell.__init__: replace this line.")

    def forward(
        self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c).

        x: (n,) with h and c (d,), or (B, n) with h and c (B, d). None of them is changed.
        """
        raise NotImplementedError("Write LSTMCell.forward: replace this line.")


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """What T steps along the cell path multiply a gradient by, unit by unit.

    forget_gates: (T, d), time first, T >= 1, every entry between 0 and 1. Not changed.
    Returns the product over time, (d,), in the same dtype.
    """
    raise NotImplementedError("Write cell_path_gain: replace this line.")
