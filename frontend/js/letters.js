// A letter's frame is as high as the letter. It has no scripts of its own; it is of our origin, so we may measure it.
// A long letter scrolls inside until somebody asks for the whole of it, so that no sender pushes the others away.
// A letter that is as high as its frame (100vh) would grow for ever: it is let grow a few times only.
const FIRST = 2_000
const HIGHEST = 30_000
const MOST_STEPS = 40

function fit(frame) {
  const page = frame.contentDocument
  if (!page?.body) return
  let steps = 0
  let last = 0
  let most = FIRST
  const whole = frame.parentElement.querySelector('[data-letter-whole]')
  const observer = new ResizeObserver(grow)
  function grow() {
    const needed = Math.ceil(page.documentElement.getBoundingClientRect().height) + 4
    if (whole) whole.hidden = needed <= most || most === HIGHEST
    const height = Math.min(most, needed)
    if (Math.abs(height - last) < 2) return
    if (++steps > MOST_STEPS) return observer.disconnect()
    last = height
    frame.style.height = `${height}px`
  }
  if (whole) whole.onclick = () => {
    most = HIGHEST
    steps = 0
    grow()
    frame.focus({ preventScroll: true })
  }
  grow()
  observer.observe(page.body)
}

document.addEventListener('load', (event) => {
  if (event.target.matches?.('[data-letter-frame]')) fit(event.target)
}, true)
for (const frame of document.querySelectorAll('[data-letter-frame]')) if (frame.contentDocument?.readyState === 'complete') fit(frame)
