const inTheApp = 'Sign in to Petra in your app, and open the link of the mail there to accept.'

/** What each link in a mail is for. With a path it is done here, and otherwise there is a text. */
const purposes = {
  'email-verification': { title: 'Confirm your e-mail address', method: 'POST', path: '/auth/email-verification' },
  'password-reset': {
    title: 'Set a new password',
    method: 'PUT',
    path: '/auth/password-reset',
    password: 'newPassword',
  },
  'email-change': { title: 'Use your new e-mail address', method: 'POST', path: '/auth/email-change' },
  'account-claim': { title: 'Open your account', method: 'POST', path: '/auth/account-claim', password: 'password' },
  'co-owner-invitation': { title: 'You are invited to share a pet', text: inTheApp },
  'pet-transfer': { title: 'A pet is to become yours', text: inTheApp },
}

const [, name = '', token = ''] = /^#([a-z-]+)=([\w-]+)$/.exec(location.hash) ?? []
const purpose = Object.hasOwn(purposes, name) ? purposes[name] : { title: 'Petra', text: 'This link is not complete.' }
// The secret need not stay in the history.
history.replaceState(null, '', location.pathname)

document.title = `${purpose.title} – Petra`
say('title', purpose.title)
say('text', purpose.text ?? '')
say('button', purpose.title)
byId('form').hidden = !purpose.path
byId('field').hidden = !purpose.password
byId('password').required = Boolean(purpose.password)
byId('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  byId('button').disabled = true
  say('outcome', 'One moment …')
  const problem = await send({ token, ...(purpose.password && { [purpose.password]: byId('password').value }) })
  byId('form').hidden = problem === null
  byId('button').disabled = false
  say('outcome', problem ?? 'Done. You can close this page.')
})

/** Answers with what went wrong, or null. */
async function send(body) {
  const headers = { 'content-type': 'application/json' }
  try {
    const answer = await fetch(purpose.path, { method: purpose.method, headers, body: JSON.stringify(body) })
    return answer.ok ? null : `${(await answer.json()).title}.`
  } catch {
    return 'Petra cannot be reached. Please try again.'
  }
}

function byId(id) {
  return document.getElementById(id)
}

function say(id, text) {
  byId(id).textContent = text
}
