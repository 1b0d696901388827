"""同一照片: whether two pictures were made from one (`likeness`), and which of the stored ones were (`register`)."""
