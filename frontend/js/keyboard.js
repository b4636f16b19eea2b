// One registry of keys, declared in the markup: data-key="n", data-key="g l" (one after the other), data-key="mod+k".
// Letters are taken by their place on the keyboard, so that they work in every layout.
import { openDialog } from './dialogs.js'
import { fillKeys } from './keys-table.js'

const BETWEEN = 1200 // milliseconds between the keys of a sequence
let pressed = []
let timer

/** The name of a pressed key: "n", "mod+k", "?", "enter"; nothing for a modifier alone. */
export function nameOf(event) {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const letter = event.code.match(/^Key([A-Z])$/)?.[1] ?? event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1]
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return `${mod}?`
  if (letter) return `${mod}${event.shiftKey ? 'shift+' : ''}${letter.toLowerCase()}`
  const places = { Slash: '/', BracketLeft: '[', BracketRight: ']', Comma: ',', Period: '.' }
  return mod + (places[event.code] ?? event.key.toLowerCase())
}

export function isTyping(target) {
  return target.isContentEditable || Boolean(target.closest('input:not([type=checkbox],[type=radio]), textarea, select, okno-editor'))
}

function find(sequence) {
  const wanted = sequence.join(' ')
  const scope = document.querySelector('dialog[open]') ?? document
  return [...scope.querySelectorAll('[data-key]')].filter((element) => !element.closest('[hidden]'))
    .filter((element) => element.dataset.key === wanted || element.dataset.key.startsWith(`${wanted} `))
}

function press(element) {
  if (element.matches('input, textarea, select, [contenteditable]')) element.focus()
  else element.click()
}

function forget() {
  pressed = []
  clearTimeout(timer)
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || ['Control', 'Shift', 'Meta', 'Alt'].includes(event.key)) return
  const name = nameOf(event)
  if (isTyping(event.target) && !name.startsWith('mod+')) return
  if (name === '?' && !document.querySelector('dialog[open]')) return showKeys(event)
  const sequence = [...pressed, name]
  const candidates = find(sequence).length || !pressed.length ? sequence : [name]
  const found = find(candidates)
  const whole = found.find((element) => element.dataset.key === candidates.join(' '))
  forget()
  if (!found.length) return name === 'mod+enter' && send(event)
  event.preventDefault()
  if (whole) return press(whole)
  pressed = candidates
  timer = setTimeout(forget, BETWEEN)
})

/** The form of an open window, from wherever in it the focus is. */
function send(event) {
  const button = document.querySelector('dialog[open] [data-send]')
  if (!button) return
  event.preventDefault()
  button.click()
}

function showKeys(event) {
  const dialog = document.getElementById('keys')
  if (!dialog) return
  event.preventDefault()
  openDialog(dialog)
}

document.addEventListener('dialog:open', (event) => {
  if (event.target.id === 'keys') fillKeys(event.target.querySelector('[data-keys-table]'))
})
