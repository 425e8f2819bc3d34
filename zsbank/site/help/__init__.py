"""Help for banks and for officers: pages that name the program's own buttons, states and keys. No models."""
