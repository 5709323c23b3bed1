/**
 * Text that people typed (names, addresses) as one line that is safe in a header, a mail and a calendar: line breaks and
 * control characters become spaces, and the marks that reverse the text around them (UAX #9) are dropped.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
