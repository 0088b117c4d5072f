"""Our own estimate of where leveraged positions would be liquidated, where no vendor's map is at hand."""
