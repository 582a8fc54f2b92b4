"""Row segmentation: where rows begin, and rows cut by page breaks."""
