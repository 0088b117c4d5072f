"""Files of the exchange's public archive, read offline: which contract, which columns, which rows."""
