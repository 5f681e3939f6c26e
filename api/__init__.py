"""The register over HTTP, for programs. docs/api.md promises what will not change."""
