"""What is expected of every table: Great Expectations suites, one module a table, and the gate that runs them."""
