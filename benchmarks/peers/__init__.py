"""Other programs that answer the same questions, each in an environment of its own."""
