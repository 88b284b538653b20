"""One file per outside thing: readers, stores, exporters, engines, imports."""
