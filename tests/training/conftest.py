"""These tests need PyTorch, which the product does not: `make test` has none and leaves this folder out.

It is the one exception to "nothing is skipped". `make test-training` runs them in the environment of `make train`,
where a missing PyTorch would fail the run before it came here. What can be tested of training without PyTorch stands
one folder up, in test_training_*.py and test_corpus.py.
"""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["*.py"]
