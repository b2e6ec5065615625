"""Pages: segmentation."""
