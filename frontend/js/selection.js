// What is marked in an element goes into a window that is fetched for it: data-selection-of="ID" on the button that opens
// the window, data-selection on the field that takes the words.
let marked = ''

document.addEventListener('pointerdown', ({ target }) => keep(target), true)
document.addEventListener('keydown', ({ target, key }) => ['Enter', ' '].includes(key) && keep(target), true)

function keep(target) {
  const button = target.closest?.('[data-selection-of]')
  if (!button) return
  const selection = getSelection()
  const place = document.getElementById(button.dataset.selectionOf)
  const isWithin = selection.rangeCount && place?.contains(selection.anchorNode) && place.contains(selection.focusNode)
  marked = isWithin ? String(selection).trim() : ''
}

document.addEventListener('dialog:open', ({ target }) => {
  const field = target.querySelector('[data-selection]')
  if (field && !field.value) field.value = marked
  marked = ''
})
