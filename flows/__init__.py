"""Where files are read and runs are driven: the only package that knows Prefect."""
