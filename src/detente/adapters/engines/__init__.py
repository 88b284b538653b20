"""Where chunks of texts are coded: processes of this machine, or a Dask cluster."""
