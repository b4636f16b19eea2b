// Files that are pasted, dropped or chosen: each is uploaded at once, with a chip that shows how far it is. Pictures
// are put into the text; others become attachments of the form (hidden inputs named "attachments").
// The server answers a POST of `file` with {"id": "...", "name": "...", "size": 123, "url": "...", "image": true}.
import { csrfToken, send } from '../csrf.js'
import { text } from '../texts.js'

export class Files {
  constructor(host) {
    this.host = host
    this.running = new Set()
    this.waiting = []
    this.list = document.createElement('div')
    this.list.className = 'editor-files'
    this.list.setAttribute('aria-live', 'polite')
    host.area.after(this.list)
    if (host.dataset.uploadUrl) this.watchDrag()
  }

  get busy() {
    return this.running.size > 0
  }

  wait(then) {
    this.waiting.push(then)
  }

  /** Takes the files of a paste or a drop; says whether there were any. */
  take(transfer) {
    const files = [...(transfer?.files ?? [])]
    if (!files.length || !this.host.dataset.uploadUrl) return false
    if (saysMore(transfer.getData('text/html'))) return false // a copied table or page, not a file
    files.forEach((file) => this.upload(file))
    return true
  }

  ask() {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.addEventListener('change', () => [...input.files].forEach((file) => this.upload(file)))
    input.click()
  }

  upload(file) {
    const chip = this.chip(file.name)
    const bar = document.createElement('progress')
    bar.className = 'bar'
    bar.max = 1
    bar.value = 0
    bar.setAttribute('aria-label', file.name)
    chip.querySelector('button').before(bar)
    const request = new XMLHttpRequest() // fetch() does not tell how much was sent
    request.upload.onprogress = (event) => (bar.value = event.loaded / event.total)
    request.onload = () => (request.status < 300 ? this.done(chip, bar, JSON.parse(request.responseText)) : this.failed(chip, bar, request))
    request.onerror = () => this.failed(chip, bar, request)
    request.onloadend = () => this.ended(request)
    chip.querySelector('button').addEventListener('click', () => request.abort())
    request.open('POST', this.host.dataset.uploadUrl)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept', 'application/json')
    const body = new FormData()
    body.append('file', file, file.name)
    this.running.add(request)
    request.send(body)
  }

  /** Files that the server itself puts into the draft, such as those of a canned reply. */
  async takeFrom(url) {
    const answer = await send(url).catch(() => null)
    if (!answer?.ok) return
    for (const { id, name } of (await answer.json()).items) this.chip(name).append(hidden(id))
    this.host.draft?.touch()
  }

  done(chip, bar, { id, name, url, image }) {
    bar.remove()
    chip.querySelector('.filechip-name').textContent = name
    chip.append(hidden(id))
    if (!image) return this.host.draft?.touch()
    this.host.editor.chain().focus().setImage({ src: url, alt: name }).run()
    chip.hidden = true // it is seen in the text; the form still has to name it
  }

  failed(chip, bar, request) {
    bar.remove()
    chip.classList.add('filechip-failed')
    let reason = ''
    try {
      reason = JSON.parse(request.responseText).error?.message ?? ''
    } catch {
      reason = request.status === 413 ? text('tooLarge') : ''
    }
    const words = document.createElement('span')
    words.textContent = reason || text('uploadFailed')
    chip.querySelector('button').before(words)
  }

  ended(request) {
    this.running.delete(request)
    if (!this.busy) this.waiting.splice(0).forEach((then) => then())
  }

  chip(name) {
    const chip = document.createElement('span')
    chip.className = 'filechip'
    const title = document.createElement('span')
    title.className = 'filechip-name'
    title.textContent = name
    const remove = document.createElement('button')
    remove.type = 'button'
    remove.setAttribute('aria-label', `${text('remove')}: ${name}`)
    const cross = document.createElement('span')
    cross.className = 'icon-[tabler--x]'
    cross.setAttribute('aria-hidden', 'true')
    remove.append(cross)
    remove.addEventListener('click', () => {
      chip.remove()
      this.host.draft?.touch()
      this.host.focusEditor()
    })
    chip.append(title, remove)
    this.list.append(chip)
    return chip
  }

  clear() {
    this.list.replaceChildren()
  }

  watchDrag() {
    const over = (on) => (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      this.host.classList.toggle('is-over', on)
    }
    this.host.addEventListener('dragenter', over(true))
    this.host.addEventListener('dragover', over(true))
    this.host.addEventListener('dragleave', over(false))
    this.host.addEventListener('drop', over(false))
  }
}

/** Whether the copied page holds words: browsers copy a picture both as a file and as a page with nothing but it. */
function saysMore(html) {
  return Boolean(html) && new DOMParser().parseFromString(html, 'text/html').body.textContent.trim() !== ''
}

export function hidden(id) {
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = 'attachments'
  input.value = id
  return input
}
