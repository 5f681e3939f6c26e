"""Curating: records into the register as documents, checked with all of it before it is written."""
