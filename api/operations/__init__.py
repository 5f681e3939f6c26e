"""What whoever runs the server needs of it: probes, metrics, logs, an orderly stop."""
