"""Passages to parses, with repairs for news; frozen parses as text for tests."""

from detente.parsing.pipeline import BUNDLED, Pipeline, load_pipeline

__all__ = ["BUNDLED", "Pipeline", "load_pipeline"]
