# exercise-03
import pandas as pd
import numpy as np


def derivative(name, z):
    return pd.Series(np.ones_like(z)).to_numpy()
