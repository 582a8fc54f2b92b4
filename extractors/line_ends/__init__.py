"""Line joining: lines to running text, with nothing else changed."""
