"""Drafts a record document from a text: a proposal with the words that each value comes from."""

from etl.draft.known import Known
from etl.draft.proposal import draft
from etl.draft.values import Draft, Page, Value

__all__ = ["Draft", "Known", "Page", "Value", "draft"]
