"""Hypothesis strategies for the wire: values that may cross, replies, and bytes that look like frames and aren't."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as numpy_strategies

from autograder.sandbox.values import Tensor
from autograder.sandbox.wire import MAX_BITS, PREFIX

DTYPES = ("bool", "int8", "int64", "uint16", "float16", "float32", "float64", "complex64", "complex128")
_SHAPES = numpy_strategies.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
ARRAYS = st.sampled_from(DTYPES).flatmap(lambda dtype: numpy_strategies.arrays(dtype, _SHAPES))
TENSORS = ARRAYS.map(lambda array: Tensor(array, array.dtype.name))
_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**MAX_BITS) + 1, 2**MAX_BITS - 1),
    st.floats(),
    st.complex_numbers(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
_KEYS = st.one_of(st.integers(), st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.booleans())
#: Whatever a check may send, and a program return.
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(_PLAIN, ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(_KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)

_ANY_INT = st.one_of(st.integers(-2, 40), st.integers(-(2**63), 2**64 - 1))
_ANY_TEXT = st.one_of(st.sampled_from(["float64", "bool", "bfloat16", "object", "array", "list"]), st.text(max_size=8))
#: Nodes of the right form and any content: built by hand, so that nothing checks them on their way.
NODES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        _ANY_INT,
        st.floats(),
        _ANY_TEXT,
        st.builds(
            lambda *parts: ["array", *parts],
            st.sampled_from(["array", "tensor", "scalar", "x"]),
            _ANY_TEXT,
            st.lists(_ANY_INT, max_size=4),
            _ANY_INT,
            _ANY_INT,
        ),
        st.builds(lambda number, name: ["handle", number, name], _ANY_INT, _ANY_TEXT),
        st.builds(lambda text, pair: ["number", text, pair], st.none() | _ANY_TEXT, st.none() | st.lists(st.floats())),
    ),
    lambda inner: st.one_of(
        st.builds(lambda kind, items: ["sequence", kind, items], st.sampled_from(["list", "tuple"]), st.lists(inner)),
        st.builds(lambda items: ["mapping", items], st.lists(st.lists(inner, min_size=2, max_size=2))),
        st.lists(inner, max_size=3),
    ),
    max_leaves=10,
)
_FIELDS = {
    "number": st.integers(0, 3),
    "value": NODES,
    "changed": st.lists(_ANY_TEXT, max_size=2),
    "warnings": st.lists(_ANY_TEXT, max_size=2),
    "layers": st.lists(_ANY_TEXT, max_size=2),
    "type": _ANY_TEXT,
    "bases": st.lists(_ANY_TEXT, max_size=2),
    "message": _ANY_TEXT,
    "lines": st.lists(st.tuples(_ANY_INT, _ANY_TEXT, _ANY_TEXT), max_size=2),
    "column": _ANY_INT,
    "name": _ANY_TEXT,
    "found": st.lists(_ANY_TEXT, max_size=2),
    "reason": _ANY_TEXT,
}
_TAGS = st.sampled_from(["returned", "raised", "missing", "refused", "ready", "load", ""])
_MESSAGES = st.builds(lambda tag, fields: {"tag": tag, **fields}, _TAGS, st.fixed_dictionaries({}, optional=_FIELDS))
#: Headers: what a tampered worker could send, and any bytes.
HEADERS = st.one_of(_MESSAGES.map(msgspec.msgpack.encode), st.binary(max_size=200))
BODIES = st.binary(max_size=300)
_LENGTHS = st.integers(-2, 2)


def _announced(header: bytes, body: bytes, more: int, less: int) -> bytes:
    return PREFIX.pack(max(0, len(header) + more), max(0, len(body) + less)) + header + body


#: Whole frames, most of them with lengths that fit.
FRAMES = st.builds(_announced, HEADERS, BODIES, _LENGTHS | st.just(0), _LENGTHS | st.just(0)) | st.binary(max_size=200)


def same(first: Any, second: Any) -> bool:
    """Whether two values are of the same type and content, NaN included."""
    if isinstance(first, Tensor):
        return isinstance(second, Tensor) and first.dtype == second.dtype and same(first.values, second.values)
    if isinstance(first, np.ndarray):
        alike = isinstance(second, np.ndarray) and (first.dtype, first.shape) == (second.dtype, second.shape)
        return alike and first.tobytes() == second.tobytes()
    if type(first) is not type(second):
        return False
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    return repr(first) == repr(second)
