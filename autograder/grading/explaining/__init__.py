"""Why a submission's checks failed, found out once every verdict stands: a belief, a behaviour, or a line.

`explainer` tries them in this order and bounds what they cost. Nothing here changes a verdict, and nothing here must
know how checks are collected or run. This file stays empty of imports.
"""
