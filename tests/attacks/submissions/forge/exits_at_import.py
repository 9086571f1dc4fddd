"""Ends the process with success while it is loaded.

status: crashed
"""

import os

os._exit(0)
