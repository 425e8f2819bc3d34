"""How a bank is watched: determinations, rectification, annual assessment."""
