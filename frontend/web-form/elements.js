// Elements by their names and attributes; text is always text.
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

const SVG = 'http://www.w3.org/2000/svg'
const PATHS = {
  help: ['M21 12a9 9 0 1 1-3.2-6.9', 'M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 1-1 1.7', 'M12 17h.01'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  done: ['M3 12a9 9 0 1 0 18 0 9 9 0 0 0-18 0', 'M8.5 12.2l2.4 2.4 4.6-4.8'],
  file: ['M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13'],
}

export function icon(name) {
  const picture = document.createElementNS(SVG, 'svg')
  picture.setAttribute('viewBox', '0 0 24 24')
  picture.setAttribute('class', `icon icon-${name}`)
  picture.setAttribute('aria-hidden', 'true')
  for (const path of PATHS[name]) {
    const line = document.createElementNS(SVG, 'path')
    line.setAttribute('d', path)
    picture.append(line)
  }
  return picture
}
