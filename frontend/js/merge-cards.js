// Two cards become one: the facts follow the card that stays, but those that were chosen by hand.
document.addEventListener('change', ({ target }) => {
  const form = target.closest?.('form[data-merge]')
  if (!form) return
  if (target.name !== 'keep') {
    target.closest('fieldset')?.setAttribute('data-chosen', '')
    return
  }
  for (const fact of form.querySelectorAll('fieldset:not([data-chosen]) [type=radio][name^=fact_]')) {
    if (fact.value === target.value) fact.checked = true
  }
})
