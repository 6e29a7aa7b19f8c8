"""What the pipeline achieves, measured: figures with their set and command."""
