r"""Where `near` is 0 your near part is the whole gradient, and the far part has the length 0: there the two have changed places. Perhaps the last steps are cut off as `shares[-near:]`. For 1, 2 and so on that is right, but
$-0$ is $0$, and `[0:]` begins at the beginning.

Take the list `[1, 2, 3]`. With `[-2:]` you get `[2, 3]`, with `[-1:]` `[3]`, and with `[-0:]` all of `[1, 2, 3]`. Without a near step the near part has the length 0, and the far part holds every share.

How many steps are far? Counted from the front, the place where the near ones begin is right for 0 as well.
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
    close, far = shares[-near:], shares[:-near]
    return close.sum(0).norm().item(), far.sum(0).norm().item()


def _loss(parameters: Parameters, x: torch.Tensor, y: torch.Tensor, recurrent: list[torch.Tensor]) -> torch.Tensor:
    h = x.new_zeros(len(x), len(parameters["w_out"]))
    for t, W_hh in enumerate(recurrent):
        h = torch.tanh(h @ W_hh.T + x[:, t] @ parameters["W_xh"].T)
    return ((h @ parameters["w_out"] - y) ** 2).mean()


def _spectral_radius(W: torch.Tensor) -> torch.Tensor:
    return torch.linalg.eigvals(W.detach()).abs().max()
