import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHardBounce } from './bounce.ts'

const at = (command: string, response: string) =>
  isHardBounce({ command, response, responseCode: Number(response.slice(0, 3)) })

test('an address is given up when its server says for good that it takes no mail', () => {
  for (const answer of [
    '550 5.1.1 <maya@example.test>: Recipient address rejected: User unknown',
    '550 No such user here',
    '551 User not local',
    '553 Requested action not taken: mailbox name not allowed',
    '550 5.1.10 Null MX',
    '556 5.1.10 Domain does not accept mail',
    '521 5.2.1 Mailbox disabled',
  ])
    assert.equal(at('RCPT TO', answer), true, answer)
  assert.equal(at('DATA', '550 5.1.1 no such user'), true)
})

test('is not given up for what passes, and for what is ours to mend', () => {
  for (const answer of [
    '450 4.2.0 Greylisted',
    '421 Too many connections',
    '452 4.2.2 Mailbox full',
    '552 5.2.2 Over quota',
    '550 5.7.1 Relaying denied',
    '550 5.7.26 Unauthenticated mail is not accepted',
    '554 5.7.1 Blocked by a list',
    '530 5.7.0 Must issue STARTTLS',
    '501 5.5.4 Syntax error',
    '550 5.4.1 Access denied',
    '554 Transaction failed',
  ])
    assert.equal(at('RCPT TO', answer), false, answer)
  assert.equal(at('DATA', '550 Message content rejected'), false)
  assert.equal(at('DATA', '552 5.3.4 Message too big'), false)
  assert.equal(at('MAIL FROM', '550 5.1.1 Sender rejected'), false)
  assert.equal(isHardBounce({ code: 'ECONNECTION' } as never), false)
})
