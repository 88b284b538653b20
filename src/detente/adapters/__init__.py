"""One file per outside thing: readers, stores, exporters."""
