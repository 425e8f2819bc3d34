"""The orders of the tests of rectification, before and after the report."""

from inspections.rectification.tests.conftest import order, qualification, reported_order

__all__ = ["order", "qualification", "reported_order"]
