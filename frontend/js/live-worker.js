// Holds the one stream of a browser and hands its messages to every tab. A tab whose page was drawn before it greeted
// is told what it missed in between: messages carry the server's time, and so does the greeting.
import { Stream } from './stream.js'

const MEMORY = 60_000 // milliseconds for which messages are kept
const ports = new Set()
let recent = []
let stream

function tell(message) {
  if (message.kind === 'message') {
    recent = recent.filter(({ data }) => data.at > message.data.at - MEMORY)
    recent.push(message)
  }
  for (const port of ports) port.postMessage(message)
}

function hello(port, url, since) {
  ports.add(port)
  if (stream) {
    port.postMessage({ kind: 'state', state: stream.state })
    for (const message of recent) if (message.data.at >= since) port.postMessage(message)
  } else {
    recent = []
    stream = new Stream(url, tell)
    stream.open()
  }
}

function bye(port) {
  ports.delete(port)
  if (ports.size) return
  stream?.close()
  stream = undefined
}

self.onconnect = (event) => {
  const [port] = event.ports
  port.onmessage = ({ data }) => (data.kind === 'bye' ? bye(port) : hello(port, data.url, data.since))
}
