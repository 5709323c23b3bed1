/**
 * An attachment under a name (RFC 6266): in ASCII for old readers, and as it is for the others (RFC 8187).
 * Quotes, backslashes and percent signs are left out of the first, which readers unescape in different ways.
 */
export function contentDisposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended(name)}`
}

/** RFC 8187, section 3.2.1: what is no attr-char goes percent-encoded. */
function extended(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
