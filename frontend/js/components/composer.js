// The frame of the composer: an answer to the client, or a private note.
export const composer = () => ({
  private: false,
  init() {
    this.private = this.$refs.private.value === '1'
  },
  get isAnswer() {
    return !this.private
  },
  get isNote() {
    return this.private
  },
  get answering() {
    return String(!this.private)
  },
  get noting() {
    return String(this.private)
  },
  get look() {
    return this.private ? 'is-private' : ''
  },
  answer() {
    this.choose(false)
  },
  note() {
    this.choose(true)
  },
  choose(isPrivate) {
    this.private = isPrivate
    this.$refs.private.value = isPrivate ? '1' : ''
    const editor = this.$root.querySelector('okno-editor')
    editor?.focusEditor?.()
    editor?.dispatchEvent(new CustomEvent('draft:touch'))
  },
})
