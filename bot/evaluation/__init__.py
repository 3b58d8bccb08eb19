"""Question sets, how well they are answered, and how sure that figure is."""
