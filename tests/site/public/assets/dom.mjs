/**
 * Builds elements. Text always goes in as text, so that nothing an editor or a reader typed can
 * become markup.
 */
export const h = (tag, props = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
};

const SVG = 'http://www.w3.org/2000/svg';

/** A small stroke icon from one path; decoration, never the only sign of something. */
export const icon = (path) => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
};

export const ICONS = {
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  open: 'M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 4.800-1',
  check: 'M3 8.500l3.500 3.500L13 4.500',
  clock: 'M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 0 0 8 1.800M8 4.500V8l2.500 1.700',
};

/** Says something to a screen reader without moving the focus. */
export const announce = (text) => {
  document.getElementById('live').textContent = text;
};
