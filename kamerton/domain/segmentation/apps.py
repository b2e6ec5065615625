"""Key accounts."""

from django.apps import AppConfig


class SegmentationConfig(AppConfig):
    """Key accounts."""

    name = "kamerton.domain.segmentation"
    label = "segmentation"
