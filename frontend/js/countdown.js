// How long until a moment, kept true while the page stands open: <time datetime="..." data-countdown>.
// A date typed beside "At another time" chooses it: data-own-time.
const EVERY = 20_000 // milliseconds
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]]

function words(seconds) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(document.documentElement.lang || 'en').format(Math.trunc(seconds / size), unit)
}

function tick() {
  for (const element of document.querySelectorAll('time[data-countdown]')) {
    element.textContent = words((new Date(element.dateTime) - Date.now()) / 1000)
  }
}

document.addEventListener('input', ({ target }) => {
  if (!target.matches?.('[data-own-time]')) return
  const own = target.form.querySelector('input[name=when][value=own]')
  if (own) own.checked = true
})
setInterval(tick, EVERY)
