"""What a bank applies with."""
