// Ctrl+K: a window with one field. htmx fetches the options, arrows choose, Enter goes.
import { openDialog } from './dialogs.js'
import htmx from './htmx.js'

const palette = document.getElementById('palette')
const input = palette?.querySelector('input')
const results = palette?.querySelector('[role="listbox"]')

const options = () => [...results.querySelectorAll('[role="option"]')]
const chosen = () => results.querySelector('[aria-selected="true"]')

function choose(option) {
  chosen()?.setAttribute('aria-selected', 'false')
  option?.setAttribute('aria-selected', 'true')
  option?.scrollIntoView({ block: 'nearest' })
  if (option?.id) input.setAttribute('aria-activedescendant', option.id)
  else input.removeAttribute('aria-activedescendant')
}

function open() {
  if (palette.open) return
  openDialog(palette)
  input.select()
  htmx.trigger(input, 'refresh')
}

function move(event) {
  const all = options()
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step && all.length) {
    event.preventDefault()
    choose(all[(all.indexOf(chosen()) + step + all.length) % all.length])
  } else if (event.key === 'Enter' && chosen()) {
    event.preventDefault()
    chosen().click()
  }
}

function number() {
  options().forEach((option, at) => {
    option.id ||= `palette-option-${at}`
    option.tabIndex = -1
    option.setAttribute('aria-selected', 'false')
  })
  choose(options()[0])
}

if (palette) {
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-palette-open]')) open()
    else if (event.target.closest('#palette [role="option"]')) palette.close()
  })
  input.addEventListener('keydown', move)
  results.addEventListener('htmx:after:settle', number)
  results.addEventListener('pointermove', (event) => {
    const option = event.target.closest('[role="option"]')
    if (option && option !== chosen()) choose(option)
  })
}
