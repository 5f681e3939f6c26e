"""How long the parts take; tests do not time anything."""
