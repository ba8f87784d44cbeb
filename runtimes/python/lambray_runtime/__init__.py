"""The parts of Lambray's Python runtime, in a package of their own so that functions may use any module name but this."""
