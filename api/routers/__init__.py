"""The subjects of the API, a module each."""
