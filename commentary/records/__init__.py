"""What the stages hand to one another: frozen values, nothing that fetches or prints."""
