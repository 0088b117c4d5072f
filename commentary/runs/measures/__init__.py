"""What is measured of texts, each by its own name and by code of ours, so that a figure can be had again anywhere."""
