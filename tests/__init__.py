"""The tests; a package, so that `tests.telegram` is never taken for the library of that name."""
