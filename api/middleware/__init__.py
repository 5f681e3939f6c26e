"""What happens to every request and answer, a module each, with its reason."""
