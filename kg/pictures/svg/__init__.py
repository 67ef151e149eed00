"""SVG elements, text measurement, colors and geometry that all pictures share."""
