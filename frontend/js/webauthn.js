// Passkeys (WebAuthn): a form with data-webauthn asks the browser for a credential before it is sent.
//   login: the options are fetched from the form's address, so that no name is needed; get and create: data-options.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

function opened(options) {
  const key = structuredClone(options.publicKey)
  key.challenge = bytes(key.challenge)
  if (key.user) key.user.id = bytes(key.user.id)
  for (const name of ['allowCredentials', 'excludeCredentials'])
    key[name] = (key[name] ?? []).map((each) => ({ ...each, id: bytes(each.id) }))
  return { publicKey: key }
}

function closed(credential) {
  const { response } = credential
  const fields = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const given = fields.filter((name) => response[name]).map((name) => [name, text(response[name])])
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() },
  }
}

async function optionsOf(form) {
  if (form.dataset.webauthn !== 'login') return JSON.parse(form.dataset.options)
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (await answer.json()).request_options
}

function choose(options, passwordless) {
  const wanted = (options.publicKey.authenticatorSelection ??= {})
  wanted.residentKey = passwordless ? 'required' : 'discouraged'
  wanted.requireResidentKey = passwordless
  if (passwordless) wanted.userVerification = 'required'
}

async function credentialFor(form) {
  const options = await optionsOf(form)
  if (form.dataset.webauthn !== 'create') return navigator.credentials.get(opened(options))
  choose(options, form.elements.passwordless?.checked ?? false)
  return navigator.credentials.create(opened(options))
}

function complain(form, message) {
  const place = form.querySelector('[data-webauthn-error]')
  place.textContent = message
  place.hidden = false
}

async function submit(event) {
  const form = event.target
  event.preventDefault()
  if (!window.PublicKeyCredential) return complain(form, form.dataset.missing)
  const button = form.querySelector('[type="submit"]')
  button.disabled = true
  try {
    form.elements.credential.value = JSON.stringify(closed(await credentialFor(form)))
    form.submit()
  } catch {
    complain(form, form.dataset.refused)
    button.disabled = false
  }
}

for (const form of document.querySelectorAll('form[data-webauthn]')) form.addEventListener('submit', submit)
