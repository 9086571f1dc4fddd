import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    def attention(x):
        keys, values = x @ W_k.T, x @ W_v.T
        scores = (x[-1:] @ W_q.T) @ keys.T / len(W_q) ** 0.5
        return (torch.softmax(scores, dim=1) @ values)[0]

    jacobian = torch.autograd.functional.jacobian(attention, x)
    return torch.linalg.matrix_norm(jacobian.transpose(0, 1), ord=2)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
