// Tabs of one page: arrows move between them, only the chosen one is in the tab order.
export const tabs = () => ({
  tabs() {
    return [...this.$root.querySelectorAll('[role="tab"]')]
  },
  choose(event) {
    this.show(event.currentTarget)
    // A tab that holds an editor was chosen to write in it; while the editor still loads its textarea takes the words.
    const editor = document.getElementById(event.currentTarget.getAttribute('aria-controls'))?.querySelector('okno-editor')
    if (editor?.focusEditor) editor.focusEditor()
    else editor?.querySelector('textarea')?.focus()
  },
  show(chosen) {
    for (const tab of this.tabs()) {
      const on = tab === chosen
      tab.setAttribute('aria-selected', String(on))
      tab.tabIndex = on ? 0 : -1
      const panel = document.getElementById(tab.getAttribute('aria-controls'))
      if (panel) panel.hidden = !on
    }
  },
  move(event) {
    const all = this.tabs()
    const at = all.indexOf(event.target)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    const tab = all[(to + all.length) % all.length]
    tab.focus()
    this.show(tab)
  },
})
