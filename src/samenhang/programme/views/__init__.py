"""Pages: the register of commitments, and the register of partners."""
