// The sidebar on a phone: it slides in, and Escape or a touch beside it sends it back.
export const drawer = () => ({
  open: false,
  get expanded() {
    return String(this.open)
  },
  get shown() {
    return this.open ? 'is-open' : ''
  },
  toggle() {
    this.open = !this.open
    if (this.open) this.$nextTick(() => document.querySelector('#sidebar a')?.focus())
  },
  close() {
    this.open = false
  },
})
