"""Passages to parses, with repairs for news."""

from detente.parsing.pipeline import BUNDLED, Pipeline, load_pipeline

__all__ = ["BUNDLED", "Pipeline", "load_pipeline"]
