/**
 * Gives the memory of bytes back at once, if it is theirs alone. Left to the garbage collector, which looks at the heap and not
 * at what lies outside, 64 MiB of such pieces pile up. What is done with them must be over: they are empty from here on.
 */
export function freeMemoryOf({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength && byteLength > 0) buffer.transfer(0)
}
