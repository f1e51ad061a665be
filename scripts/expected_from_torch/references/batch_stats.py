"""torch.nn.BatchNorm1d in evaluation mode, with its whole state dict loaded."""

import torch


def batch_stats(x, weight, bias, running_mean, running_var, eps, n, c):
    layer = torch.nn.BatchNorm1d(c, eps=eps).eval()
    state = {"weight": weight, "bias": bias, "running_mean": running_mean, "running_var": running_var}
    layer.load_state_dict(state | {"num_batches_tracked": torch.tensor(0)})
    return layer(x.reshape(n, c)).reshape(-1)
