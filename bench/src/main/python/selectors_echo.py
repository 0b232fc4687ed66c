#!/usr/bin/env python3
"""A peer of the echo suite: bytes back as they come."""
import sys

from selectors_server import serve

serve(int(sys.argv[1]), lambda: lambda received: received)
