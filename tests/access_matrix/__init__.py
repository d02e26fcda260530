"""The access matrix: every address × every role × how somebody stands to the thing behind it.

``routes.toml`` lists the addresses and what stands behind them, by hand.
``oracle.py`` says in words who may; it knows nothing of ``samenhang.access``.
``matrix.csv`` is what the two give, for people to read and to compare in a
change: ``uv run python -m tests.access_matrix`` writes it. ``test_every_cell``
asks the product itself, through its real addresses, and compares every cell.
"""
