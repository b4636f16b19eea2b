// What a letter may hold: the marks and blocks that every mail program shows, pictures, and mentions of colleagues.
import { mergeAttributes, Node } from '@tiptap/core'
import Image from '@tiptap/extension-image'
import { ListItem } from '@tiptap/extension-list'
import { Placeholder } from '@tiptap/extensions'
import StarterKit from '@tiptap/starter-kit'

// Tab belongs to the page: it leaves the editor. Lists are nested with Ctrl+] and Ctrl+[.
const PoliteListItem = ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      'Mod-]': () => this.editor.commands.sinkListItem(this.name),
      'Mod-[': () => this.editor.commands.liftListItem(this.name),
    }
  },
})

const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      id: { parseHTML: (element) => element.dataset.mention, renderHTML: ({ id }) => ({ 'data-mention': id }) },
      label: { parseHTML: (element) => element.textContent.replace(/^@/, ''), renderHTML: () => ({}) },
    }
  },
  parseHTML() {
    return [{ tag: 'span[data-mention]' }]
  },
  renderHTML({ node, HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes), `@${node.attrs.label}`]
  },
  renderText({ node }) {
    return `@${node.attrs.label}`
  },
})

export function extensions(placeholder) {
  return [
    StarterKit.configure({
      listItem: false,
      heading: { levels: [2, 3] },
      codeBlock: { enableTabIndentation: false },
      link: { openOnClick: false, defaultProtocol: 'https', HTMLAttributes: { rel: 'noopener noreferrer', target: null } },
    }),
    PoliteListItem,
    Image.configure({ inline: true, allowBase64: false }),
    Placeholder.configure({ placeholder }),
    Mention,
  ]
}
