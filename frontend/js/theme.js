// Light, dark, or as the system says. A cookie, so that the server writes the page in the right theme at once.
const ATTRIBUTE = { light: 'okno', dark: 'okno-dark' }

function current() {
  return document.cookie.match(/(?:^|; )okno_theme=(light|dark)/)?.[1] ?? 'system'
}

function show(choice) {
  if (ATTRIBUTE[choice]) document.documentElement.dataset.theme = ATTRIBUTE[choice]
  else delete document.documentElement.dataset.theme
  for (const button of document.querySelectorAll('[data-theme-choice]')) {
    button.setAttribute('aria-checked', String(button.dataset.themeChoice === choice))
  }
}

document.addEventListener('click', (event) => {
  const choice = event.target.closest('[data-theme-choice]')?.dataset.themeChoice
  if (!choice) return
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `okno_theme=${choice}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
  show(choice)
})
show(current())
