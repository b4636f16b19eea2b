// A menu that drops from a button: the ARIA menu button pattern.
export const menu = () => ({
  open: false,
  get expanded() {
    return String(this.open)
  },
  items() {
    return [...this.$refs.list.querySelectorAll('[role^="menuitem"]')].filter((item) => item.offsetParent)
  },
  toggle(event) {
    this.open = !this.open
    const byKeyboard = event.detail === 0
    if (this.open && byKeyboard) this.$nextTick(() => this.items()[0]?.focus())
  },
  close() {
    this.open = false
  },
  chosen(event) {
    if (!event.target.closest('[role^="menuitem"]')) return
    if (this.$refs.list.contains(document.activeElement)) this.$refs.button.focus()
    this.close()
  },
  leave(event) {
    if (event.relatedTarget && !this.$root.contains(event.relatedTarget)) this.close()
  },
  move(event) {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation()
      this.close()
      this.$refs.button.focus()
      return
    }
    const numbered = /^[1-9]$/.test(event.key) && this.open && !event.ctrlKey && !event.metaKey && !event.altKey
    if (numbered) return press(event, this.items().filter((item) => item.hasAttribute('data-digit'))[event.key - 1])
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' }
    if (!(event.key in steps)) return
    event.preventDefault()
    if (!this.open) this.open = true
    this.$nextTick(() => focusItem(this.items(), steps[event.key]))
  },
  init() {
    this.outside = (event) => {
      if (!this.$root.contains(event.target)) this.close()
    }
    document.addEventListener('pointerdown', this.outside)
  },
  destroy() {
    document.removeEventListener('pointerdown', this.outside)
  },
})

// Lines with data-digit are chosen by their number too.
function press(event, item) {
  if (!item) return
  event.preventDefault()
  event.stopPropagation()
  item.click()
}

function focusItem(items, step) {
  if (!items.length) return
  const at = items.indexOf(document.activeElement)
  if (step === 'first') items[0].focus()
  else if (step === 'last') items.at(-1).focus()
  else items[(at + step + items.length) % items.length]?.focus()
}
