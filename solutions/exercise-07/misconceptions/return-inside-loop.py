r"""Only the first step counts here. Perhaps your `return` stands inside the loop over the inputs: a function ends at its first `return`.

Take two inputs. The first state is right; the second is 0, as if it were never computed and its place still held what the array was filled with
at the start. With a single step nothing shows.

Python goes by indentation alone: a line belongs to the loop if it stands as far in as the loop's body.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
        local = w * (1 - h**2)
        return {"h": h, "local": local, "cumulative": np.cumprod(local[::-1])}
