// A letter's frame is as high as the letter. It has no scripts of its own; it is of our origin, so we may measure it.
function fit(frame) {
  const page = frame.contentDocument
  if (!page?.body) return
  const grow = () => (frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height) + 4}px`)
  grow()
  new ResizeObserver(grow).observe(page.body)
}

document.addEventListener('load', (event) => {
  if (event.target.matches?.('[data-letter-frame]')) fit(event.target)
}, true)
for (const frame of document.querySelectorAll('[data-letter-frame]')) if (frame.contentDocument?.readyState === 'complete') fit(frame)
