"""Exercise 14: how far back the gradient reaches in an RNN, a GRU and an LSTM."""

from collections.abc import Mapping

import torch


def gradient_profile(kind: str, state_dict: Mapping[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return the norm of the gradient that reaches the memory of a recurrent cell at each step.

    The cell runs over x from a zero initial state (zero h, and zero c for the LSTM). The loss is L = h_T.sum().

    Args:
        kind: "rnn" (with tanh), "gru" or "lstm"
        state_dict: the parameters of torch.nn.RNNCell, GRUCell or LSTMCell under torch's names:
            weight_ih (G * d, n), weight_hh (G * d, d), bias_ih (G * d,), bias_hh (G * d,), with torch's formulas.
            G = 1 for the RNN; 3 for the GRU (blocks r, z, n); 4 for the LSTM (blocks i, f, g, o)
        x: (T, n), one row per step, T >= 1, of the dtype of the parameters (float32 or float64)

    Returns:
        (T,) of that dtype: entry t is the Euclidean length of the total gradient of L with respect to the memory
        after input x[t]. The memory is h for the RNN and the GRU, and c for the LSTM.

    The values of the arguments stay as they were.
    """
    raise NotImplementedError("Write gradient_profile: replace this line.")


def decades_per_step(profile: torch.Tensor) -> float:
    """Return the least-squares slope of log10(profile) against t = 0, 1, ..., T - 1.

    Args:
        profile: (T,), T >= 2, float32 or float64, every entry positive; not changed

    Returns:
        a Python float: positive where the gradient vanishes on its way back, negative where it explodes
    """
    raise NotImplementedError("Write decades_per_step: replace this line.")
