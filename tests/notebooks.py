"""Notebooks as Jupyter writes them, for the tests."""

from __future__ import annotations

import json
from typing import Any


def notebook(*cells: str, outputs: list[Any] | None = None) -> str:
    """A notebook of code cells, with a text cell before them."""
    code = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": outputs or [], "execution_count": 1}
        for cell in cells
    ]
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Exercise 4\nMy *answer*."}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [text, *code]})
