/** What one subject has reserved, as numbers of eight bytes: as text, a month of a busy provider took twice as long. */
export const sentTimes = `string_agg(float8send(date_part('epoch', lower(during))) || float8send(date_part('epoch', upper(during))), '')`

/**
 * What one subject never has reserved twice: sorted, the beginning and the end of each still stand side by side.
 * Of its very length: an array that grows keeps room for 16 more.
 */
export function toTimes(sent: Buffer | null): number[] {
  if (!sent) return []
  const times = new Array<number>(sent.length / 8)
  for (let index = 0; index < times.length; index++) times[index] = sent.readDoubleBE(8 * index) * 1000
  return times.sort((a, b) => a - b)
}
