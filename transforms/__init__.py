"""The stages: pure functions from Arrow tables to Arrow tables. `stages.STAGES` lists them in order."""
