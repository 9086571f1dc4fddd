r"""If torch said `can't retain_grad on Tensor that has requires_grad=False` or `element 0 of tensors does not require grad`, this is why: autograd doesn't
record every calculation. It records only what descends from a tensor that *requires* a gradient, and only outside of `torch.no_grad()`. A `detach`, or a tensor that is
made anew from a number (`.item()`), ends the record.

Test it in two lines: `a = torch.ones(2)`, then `(3 * a).requires_grad` is `False`. After `a.requires_grad_()` the same product says
`True`. The weights of an `nn.Module` are born with that mark, so in training you seldom meet this; the five plain tensors here
are not.

Ask what the whole chain $h_1, \dots, h_T$ and the loss descend from. Make sure that one tensor at its start asks for gradients *before*
the first step is computed, and that nothing on the way ends the record. Marking a state afterwards does not bring its history back.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        h.retain_grad()
        states.append(h)
    h.sum().backward()
    return torch.stack([state.grad.norm() for state in states])
