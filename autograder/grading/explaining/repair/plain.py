"""Whether a program is so plain that a piece of a course's solution may run in its midst.

Where that happens, one process holds a student's code and a part of the reference's source. It may only if the
student's code has no way to look at code: its own, its caller's, or any memory that isn't its values. So this is an
allow-list: every name, attribute, import and kind of statement only computes with values. What isn't known here isn't
plain.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STATEMENTS = (
    ast.FunctionDef, ast.ClassDef, ast.Return, ast.Delete, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While,
    ast.If, ast.With, ast.Raise, ast.Try, ast.Assert, ast.Global, ast.Nonlocal, ast.Import, ast.ImportFrom, ast.Expr,
    ast.Pass, ast.Break, ast.Continue,
)  # fmt: skip
_EXPRESSIONS = (
    ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Compare, ast.Call, ast.FormattedValue, ast.JoinedStr, ast.Constant,
    ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple, ast.Slice,
    ast.Yield,
)  # fmt: skip
#: Modules that hold nothing but functions of values; of numpy and torch only what is listed below.
_MODULES = _words(
    """
    __future__ bisect cmath collections fractions heapq itertools math numpy random statistics string torch torch.nn
    torch.nn.functional
    """
)
_BUILTINS = _words(
    """
    abs all any ascii bin bool bytes chr complex dict divmod enumerate filter float frozenset hash hex int
    isinstance issubclass iter len list map max min next object oct ord pow print property range repr reversed
    round set slice sorted staticmethod str sum super tuple type zip True False None NotImplemented Ellipsis
    """
)
#: Attributes that compute with values: of lists, texts, dicts and sets, of the modules above, of arrays and tensors.
#: `empty`, `as_strided` and their like are left out on purpose: they show memory that nobody gave them.
_ATTRIBUTES = _words(
    """
    append extend insert remove pop clear index count sort reverse copy add discard union intersection difference
    symmetric_difference issubset issuperset update keys values items get setdefault fromkeys popitem join split
    rsplit splitlines strip lstrip rstrip lower upper title capitalize swapcase replace startswith endswith find
    rfind isdigit isalpha isalnum isspace isupper islower isnumeric zfill center ljust rjust partition rpartition
    appendleft popleft most_common elements rotate OrderedDict Counter defaultdict deque namedtuple heappush
    heappop heapify heapreplace heappushpop nlargest nsmallest merge bisect bisect_left bisect_right insort
    insort_left insort_right chain product permutations combinations accumulate groupby islice repeat cycle starmap
    takewhile dropwhile zip_longest from_iterable pi e inf nan sqrt cbrt exp expm1 exp2 log log1p log2 log10 sin
    cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh arcsin arccos arctan arctan2 arcsinh arccosh
    arctanh floor ceil trunc fabs fmod gcd lcm factorial comb perm isqrt hypot dist degrees radians copysign
    isclose isfinite isinf isnan fsum prod pow real imag conj conjugate mean median mode stdev variance randint
    choice shuffle sample uniform random seed gauss array asarray ascontiguousarray atleast_1d atleast_2d zeros
    ones full zeros_like ones_like full_like eye identity diag diagonal arange linspace logspace geomspace meshgrid
    shape ndim size dtype T mT reshape ravel flatten transpose swapaxes moveaxis squeeze expand_dims unsqueeze view
    expand broadcast_to concatenate concat cat stack hstack vstack column_stack split tile repeat flip fliplr
    flipud roll rot90 astype tolist item sum nansum cumsum cumprod diff std var min max amin amax argmin argmax
    argsort maximum minimum clip clamp abs absolute sign square power reciprocal add subtract multiply divide
    true_divide negative mod remainder dot matmul mm mv bmm inner outer kron einsum tensordot trace det inv pinv
    solve norm eig eigh eigvals eigvalsh svd qr cholesky matrix_power matrix_rank linalg where nonzero any all
    allclose array_equal isin unique searchsorted bincount histogram percentile quantile average corrcoef cov round
    around rint tril triu newaxis float16 float32 float64 float int8 int16 int32 int64 int bool bool_ complex64
    complex128 double long half finfo eps tiny logical_and logical_or logical_not logaddexp sigmoid relu softmax
    log_softmax softplus gelu elu leaky_relu hardtanh default_rng normal standard_normal randn rand integers nn
    functional Module Linear Parameter ParameterList ModuleList Sequential Tanh ReLU Sigmoid Dropout LayerNorm RNN
    RNNCell GRU GRUCell LSTM LSTMCell Embedding weight bias forward parameters named_parameters init zeros_ ones_
    normal_ uniform_ orthogonal_ xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_ constant_ eye_
    copy_ fill_ mul_ add_ clone detach requires_grad requires_grad_ grad backward autograd no_grad tensor as_tensor
    from_numpy numpy sub mul div neg t permute contiguous manual_seed
    """
)
_METHODS = frozenset(
    {"__init__", "__call__", "__len__", "__iter__", "__next__", "__getitem__", "__repr__", "__eq__", "__lt__"}
)
_CLASSES = frozenset({"ndarray", "Tensor", "Generator"})
_LARGEST = 32 << 10


def is_plain(source: str, tree: ast.Module) -> bool:
    """Return whether a program only computes with values."""
    return len(source) <= _LARGEST and all(map(_plain, _evaluated(tree)))


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node but those of annotations that only name a class of numpy or torch: nothing is done with it."""
    yield node
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not (field in ("annotation", "returns") and _names_class(child)):
                yield from _evaluated(child)


def _names_class(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _CLASSES


def _plain(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in _ATTRIBUTES or node.attr == "__init__"
    if isinstance(node, ast.Name):
        return _plain_name(node.id)
    if isinstance(node, ast.Import):
        return all(alias.name in _MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and node.module in _MODULES and all(alias.name in _ATTRIBUTES for alias in node.names)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return not node.name.startswith("__") or node.name in _METHODS
    if isinstance(node, ast.ExceptHandler):
        return node.name is None  # what an exception holds leads to frames
    if isinstance(node, ast.stmt):
        return isinstance(node, _STATEMENTS)
    if isinstance(node, ast.expr):
        return isinstance(node, _EXPRESSIONS)
    return not isinstance(node, ast.match_case | ast.pattern)


def _plain_name(name: str) -> bool:
    if hasattr(builtins, name) and name != "__name__":
        kind = getattr(builtins, name)
        return name in _BUILTINS or (isinstance(kind, type) and issubclass(kind, Exception))
    return not name.startswith("__") or name == "__name__"
