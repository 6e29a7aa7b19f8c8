"""Pages for users; `generate` writes those that follow from declarations."""
