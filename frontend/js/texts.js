// What scripts say comes translated from the page: a template with data attributes (base/texts.jinja).
export function text(name, fallback = '') {
  const words = document.getElementById('okno-texts')?.dataset ?? {}
  return words[name] ?? fallback
}
