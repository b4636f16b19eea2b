// What was typed and not sent outlives a reload of the page, in this tab only.
export class Draft {
  constructor(key) {
    this.name = `okno-form-${key}`
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) || '{}')
    } catch {
      return {}
    }
  }

  write(values) {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(values))
    } catch {
      // A page may forbid storage; then the words live as long as the page.
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.name)
    } catch {
      // See above.
    }
  }
}
