// Shows and hides a part: x-data="reveal", @click="toggle", x-show="open".
export const reveal = () => ({
  open: false,
  get expanded() {
    return String(this.open)
  },
  get shown() {
    return this.open ? 'is-open' : ''
  },
  get closed() {
    return !this.open
  },
  init() {
    this.open = this.$root.dataset.open === 'true'
  },
  toggle() {
    this.open = !this.open
  },
  close() {
    this.open = false
  },
})
