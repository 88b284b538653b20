"""Event data of others: one file per format, and the Parquet files that they are kept in and counted from."""
