"""How two texts are related: which of them are worth a look, how they overlap, and what that makes them."""
