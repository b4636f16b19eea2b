// The web form beside its settings, as it would stand on a page: drawn anew while the settings are changed.
import { FormView } from '../web-form/view.js'
import { send } from './csrf.js'

const PAUSE = 300
const form = document.querySelector('[data-form-preview]')
const place = document.querySelector('[data-form-sample]')
const trouble = document.querySelector('[data-form-trouble]')
const nowhere = { read: () => ({}), write: () => {}, clear: () => {} }
let timer = 0

async function draw() {
  const body = new FormData(form)
  const headers = { Accept: 'application/json' }
  const answer = await send(form.dataset.formPreview, { body, headers }).catch(() => null)
  trouble.hidden = Boolean(answer?.ok)
  if (!answer?.ok) return
  const view = new FormView(await answer.json(), nowhere, { into: place, sample: true }, async () => ({ number: 1024 }))
  place.replaceChildren()
  view.mount(place)
}

function later() {
  clearTimeout(timer)
  timer = setTimeout(draw, PAUSE)
}

if (form && place) {
  for (const name of ['input', 'change']) form.addEventListener(name, later)
  draw()
}
