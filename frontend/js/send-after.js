// A page that a link in a letter opened sends its form by itself, so that one click is enough: <form data-send-after="3">.
// Programs that scan letters open links too, so it waits until a person is seen: the page is visible, has the focus,
// and somebody moves, touches or types. Then it counts, in sight of everybody, and can be cancelled.
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown']
const STEP = 200 // milliseconds

function prepare(form) {
  const note = form.querySelector('[data-countdown-note]')
  const seconds = note.querySelector('[data-countdown-seconds]')
  const bar = note.querySelector('[data-countdown-bar]')
  const whole = Number(form.dataset.sendAfter)
  let passed = 0
  let timer = 0

  const isSeen = () => document.visibilityState === 'visible' && document.hasFocus()
  const listen = (act) => SIGNS.forEach((sign) => document[act](sign, begin, { passive: true }))

  function end() {
    clearInterval(timer)
    listen('removeEventListener')
    note.hidden = true
  }

  function tick() {
    if (!isSeen()) return
    passed += STEP / 1000
    bar.value = passed
    const left = String(Math.max(0, Math.ceil(whole - passed)))
    if (seconds.textContent !== left) seconds.textContent = left
    if (passed < whole) return
    end()
    form.requestSubmit(form.querySelector('[data-send]'))
  }

  function begin(event) {
    if (timer || !event.isTrusted || !isSeen()) return
    note.hidden = false
    timer = setInterval(tick, STEP)
  }

  note.querySelector('[data-countdown-cancel]').addEventListener('click', end)
  form.addEventListener('input', end)
  form.addEventListener('submit', end)
  addEventListener('pagehide', end)
  document.addEventListener('keydown', (event) => event.key === 'Escape' && end())
  listen('addEventListener')
}

const form = document.querySelector('form[data-send-after]')
if (form && !navigator.webdriver) prepare(form) // a browser that a program drives says so
