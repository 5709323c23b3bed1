/** What is known of a mail that was not accepted. */
export interface Refusal {
  /** Nodemailer's word for where it failed. */
  readonly code?: string
  /** The command that the server answered. */
  readonly command?: string
  /** The server's answer, and its words: they begin with an enhanced status code where the server has them (RFC 3463). */
  readonly responseCode?: number
  readonly response?: string
}

/**
 * Whether the recipient's server says for good that the address takes no mail, so that trying again annoys and helps nobody. Not
 * for what is ours to mend (relaying, reputation, policy, size) nor for what passes (a full mailbox, a busy server): RFC 5321,
 * section 4.2.3, and RFC 3463, section 3.2.
 */
export function isHardBounce({ command, responseCode = 0, response = '' }: Refusal): boolean {
  if (responseCode < 500 || responseCode > 599) return false
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  if (command !== 'RCPT TO' && command !== 'DATA') return false
  // Bad mailbox, bad domain, moved without forwarding, no mail accepted there; mailbox disabled.
  if (enhanced !== undefined) return /^5\.1\.(1|2|3|6|10)$|^5\.2\.1$/.test(enhanced)
  return command === 'RCPT TO' && [521, 550, 551, 553, 556].includes(responseCode)
}

/** Whether the server may have taken the mail, and only its answer is missing. */
export function isUnknown({ responseCode, command, code }: Refusal): boolean {
  if (responseCode !== undefined) return false
  return (
    command === 'DATA' || code === 'ECONNECTION' || code === 'ETIMEDOUT' || code === 'ESOCKET' || code === undefined
  )
}
