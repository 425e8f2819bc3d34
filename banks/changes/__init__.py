"""Changes of a bank's data: corrections, a new unified social credit code, and the successor after a merger."""
