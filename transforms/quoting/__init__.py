"""Direct quotations: where they stand in a text, and who said them."""
