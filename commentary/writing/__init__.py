"""From a plan to text whose every figure is a mention."""
