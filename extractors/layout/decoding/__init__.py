"""Row segmentation by learned weights: evidence in, labels with probabilities and reasons out."""
