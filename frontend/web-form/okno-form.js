// The form on foreign pages. <script src="https://DESK/form/okno.js" data-form="KEY" defer></script>
import { Draft } from './draft.js'
import { FormView } from './view.js'
import { solve } from './work.js'

const script = document.currentScript
const language = script?.dataset.language || document.documentElement.lang || navigator.language || ''

class OknoForm {
  constructor(base, key, options) {
    this.base = base
    this.key = key
    this.options = options
    this.draft = new Draft(key)
  }

  async start() {
    const answer = await fetch(`${this.base}/${this.key}/configuration/?language=${encodeURIComponent(language)}`, {
      credentials: 'omit',
    })
    if (!answer.ok) throw new Error(`Okno: there is no form ${this.key}`)
    this.view = new FormView(await answer.json(), this.draft, this.options, (data) => this.send(data))
    this.view.mount(this.options.into || document.body)
  }

  open(values = {}) {
    this.view?.open(values)
  }

  close() {
    this.view?.close()
  }

  // Sends the form; answers {number}, or {fields, message} when something is to be mended.
  async send(data) {
    const { post, work, texts } = this.view.facts
    try {
      const puzzle = await fetch(work, { credentials: 'omit', cache: 'no-store' })
      if (!puzzle.ok) return await mistakes(puzzle, texts)
      data.set('proof', await solve(await puzzle.json()))
      data.set('page', location.href.split('#')[0])
      const address = `${post}?language=${encodeURIComponent(this.view.facts.language)}`
      const answer = await fetch(address, {
        method: 'POST',
        body: data,
        credentials: 'omit',
        headers: { Accept: 'application/json' },
      })
      return answer.status === 201 ? await answer.json() : await mistakes(answer, texts)
    } catch {
      return { fields: {}, message: texts.lost }
    }
  }
}

async function mistakes(answer, texts) {
  try {
    const { error } = await answer.json()
    return { fields: error.details?.fields ?? {}, message: error.message || texts.lost }
  } catch {
    return { fields: {}, message: answer.status === 413 ? texts.too_large : texts.lost }
  }
}

function begin() {
  const key = script?.dataset.form
  if (!key) return
  const base = new URL('.', script.src).href.replace(/\/$/, '')
  const into = script.dataset.into ? document.querySelector(script.dataset.into) : null
  const form = new OknoForm(base, key, { into, launcher: script.dataset.launcher !== 'no' })
  window.Okno = form
  form.start().then(
    () => document.dispatchEvent(new CustomEvent('okno:ready')),
    (error) => console.warn(error.message),
  )
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element && event.target.closest('[data-okno-open]')
    if (!opener || !form.view) return
    event.preventDefault()
    form.open({ text: opener.dataset.oknoText || '' })
  })
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin)
else begin()
