"""Exercise 12: a gated recurrent unit, whose old state has an additive path to the new one."""

import torch


class GRUCell(torch.nn.Module):
    """One GRU step. Here z = 0 keeps the old state (torch.nn.GRU uses the opposite letter).

    Parameters (torch.nn.Parameter, any start will do), with n = input_size and d = hidden_size:
        W_z, W_r, W_h: weights of the input, shape (d, n)
        U_z, U_r, U_h: weights of the state, shape (d, d)
        b_z, b_r, b_h: biases, shape (d,)
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        raise NotImplementedError("Write GRUCell.__init__: replace this line.")

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        """The next state h' from the input x and the state h.

        Arguments (left unchanged; of one dtype, that of the parameters):
            x: one input, shape (n,), or a batch of them, shape (B, n)
            h: the state, shape (d,), or (B, d) for a batch

        Returns:
            h', of the shape and dtype of h, connected to h and to the parameters for autograd:
                z  = sigmoid(W_z x + U_z h + b_z)
                r  = sigmoid(W_r x + U_r h + b_r)
                h~ = tanh(W_h x + U_h (r * h) + b_h)
                h' = (1 - z) * h + z * h~
        """
        raise NotImplementedError("Write GRUCell.forward: replace this line.")
