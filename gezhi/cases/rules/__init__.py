"""Pure rules of the case. Moments are whole epoch seconds, coordinates whole 1e-7 degrees of CGCS2000."""
