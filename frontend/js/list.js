// Lists: J and K move the focus from row to row, Enter opens (the link of the row has the focus), X chooses.
// Shift and a click choose a range. What is chosen is counted in the bar.
import { isTyping, nameOf } from './keyboard.js'

const linkOf = (row) => row.querySelector('[data-row-link]') ?? row.querySelector('a')

function rows() {
  const list = document.activeElement?.closest('[data-list]') ?? document.querySelector('[data-list]')
  return list ? [...list.querySelectorAll('[data-row]')] : []
}

function move(step) {
  const all = rows()
  const at = all.indexOf(document.activeElement?.closest('[data-row]'))
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))
  const link = all[to] && linkOf(all[to])
  link?.focus()
  all[to]?.scrollIntoView({ block: 'nearest' })
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return
  const step = { j: 1, k: -1 }[nameOf(event)]
  if (step && rows().length) {
    event.preventDefault()
    move(step)
  }
  const box = document.activeElement?.closest('[data-row]')?.querySelector('[data-row-check]')
  if (nameOf(event) === 'x' && box) {
    event.preventDefault()
    box.click()
  }
})

let last

document.addEventListener('click', (event) => {
  const box = event.target.closest('[data-row-check]')
  if (box) {
    if (event.shiftKey && last?.isConnected) range(last, box)
    last = box
    count()
  }
  if (event.target.closest('[data-selection-clear]')) {
    for (const one of document.querySelectorAll('[data-row-check]:checked')) one.checked = false
    count()
  }
  const all = event.target.closest('[data-check-all]')
  if (all) {
    for (const one of document.querySelectorAll('[data-row-check]')) one.checked = all.checked
    count()
  }
})

function range(from, to) {
  const boxes = [...document.querySelectorAll('[data-row-check]')]
  const [start, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b)
  for (const box of boxes.slice(start, end + 1)) box.checked = to.checked
}

function count() {
  const chosen = document.querySelectorAll('[data-row-check]:checked')
  for (const row of document.querySelectorAll('[data-row]')) {
    row.classList.toggle('is-chosen', Boolean(row.querySelector('[data-row-check]')?.checked))
  }
  for (const bar of document.querySelectorAll('[data-selection-bar]')) bar.hidden = !chosen.length
  for (const place of document.querySelectorAll('[data-selection-count]')) place.textContent = chosen.length
}

document.addEventListener('htmx:after:swap', count)
count()
