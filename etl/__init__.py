"""ETL: validate the curated CSV tables and publish them as a DuckDB database."""
