// The rich editor is heavy, so it is loaded only where a page (or a part that came later) has one.
let loading

function look(root) {
  if (!loading && (root.matches?.('okno-editor') || root.querySelector?.('okno-editor'))) loading = import('./editor.js')
}

look(document)
document.addEventListener('htmx:after:process', (event) => look(event.target))
