"""In: whole extracts and program files. Out: damaged ones, the same for the same seed."""
