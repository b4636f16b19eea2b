// Holds the one stream of a browser and hands its messages to every tab.
import { Stream } from './stream.js'

const ports = new Set()
let stream

function tell(message) {
  for (const port of ports) port.postMessage(message)
}

function hello(port, url) {
  ports.add(port)
  if (stream) port.postMessage({ kind: 'state', state: stream.state })
  else {
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
  port.onmessage = ({ data }) => (data.kind === 'bye' ? bye(port) : hello(port, data.url))
}
