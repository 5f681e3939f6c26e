"""Do the tests notice? Small mistakes put into the code, one at a time: ``make mutants``."""
