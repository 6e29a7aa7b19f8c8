"""The bottom layer: tables as declared, files as committed, views and reports over them."""
