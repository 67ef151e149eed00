'use strict';
/* Node shapes as SVG, and the swatches of the legend. */
{
  const SVG = 'http://www.w3.org/2000/svg';
  const { round, shapeElement } = stdkg;

  const make = (name, attributes = {}, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, typeof value === 'number' ? round(value) : value);
    }
    made.append(...children);
    return made;
  };

  /* A shape around a center; half is half its size. */
  const shape = (name, x, y, half, attributes) => {
    const [element, about] = shapeElement(name, x, y, half);
    return make(element, { ...about, ...attributes });
  };

  /* The swatch of a group; CSS sets its fill, so that it follows the theme. */
  stdkg.swatch = (group) => {
    const { shape: name, light, dark } = stdkg.data.groups[group];
    const made = shape(name, 8, 8, 6.5, {});
    made.style.setProperty('--light', light);
    made.style.setProperty('--dark', dark);
    return make('svg', { class: 'swatch', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, made);
  };

  Object.assign(stdkg, { svgElement: make, svgShape: shape });
}
