// One stream of server-sent events that comes back by itself, ever more slowly, and says when it was away.
const FIRST = 1_000
const LONGEST = 60_000

export class Stream {
  constructor(url, tell) {
    this.url = url
    this.tell = tell
    this.wait = FIRST
    this.state = 'lost'
    this.wasOpen = false
  }

  open() {
    this.source = new EventSource(this.url)
    this.source.onopen = () => {
      this.wait = FIRST
      this.say('open')
      if (this.wasOpen) this.tell({ kind: 'resync' }) // something may have happened meanwhile
      this.wasOpen = true
    }
    this.source.onmessage = (event) => this.pass(event.data)
    this.source.onerror = () => this.again()
  }

  pass(data) {
    try {
      const message = JSON.parse(data)
      // The person has more streams open than the server keeps: this one gives way, and comes back quietly.
      if (message.topic === 'rest') this.wait = LONGEST
      else this.tell({ kind: 'message', data: message })
    } catch {
      // a heartbeat, or what a later version of the server says
    }
  }

  again() {
    this.source.close()
    this.say('lost')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.open(), this.wait * (0.75 + Math.random() / 2))
    this.wait = Math.min(this.wait * 2, LONGEST)
  }

  say(state) {
    this.state = state
    this.tell({ kind: 'state', state })
  }

  close() {
    clearTimeout(this.timer)
    this.source?.close()
  }
}
