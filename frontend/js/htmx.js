// htmx and its extension that keeps Alpine's state through morphing. The configuration is in a meta tag of the page.
import htmx from 'htmx.org'
import 'htmx.org/dist/ext/hx-alpine-compat.js'

// An open window is left as it is while the page around it is renewed: whoever types in it is not thrown out, and a
// window that lost its "open" would leave the whole page dead.
htmx.config.morphSkip = '[hx-morph-skip], dialog[open]'

// A server that answers with a whole page after a redirect wants the browser to go there.
document.addEventListener('htmx:before:swap', (event) => {
  const { ctx } = event.detail
  const answer = ctx.response?.raw
  const whole = /^\s*<!doctype/i.test(ctx.text ?? '')
  if (answer?.redirected && whole && !ctx.select && ctx.target !== document.body) {
    event.preventDefault()
    location.assign(answer.url)
  }
})

export default htmx
