// The editor of a condition (components/conditions.jinja). All of it is made when the page comes, from what the server
// offers; the hidden field holds the condition after every change.
import { Editor } from '../conditions/editor.js'

export const conditions = () => ({
  init() {
    if (!this.$root.dataset.dressed) new Editor(this.$root)
    this.$root.dataset.dressed = 'yes'
  },
})
