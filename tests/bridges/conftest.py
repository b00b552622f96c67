"""Failed assertions of the contract suite are explained like those of any test."""

import pytest

pytest.register_assert_rewrite("tests.bridges.contract")
