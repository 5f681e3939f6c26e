"""Feeds: the ends that lie ahead as a calendar; what happened, and what changed, as Atom."""
