/** What one subject has reserved, as numbers of eight bytes: as text, a month of a busy provider took twice as long. */
export const sentTimes = `string_agg(float8send(date_part('epoch', lower(during))) || float8send(date_part('epoch', upper(during))), '')`

/** What one subject never has reserved twice: sorted, the beginning and the end of each still stand side by side. */
export function toTimes(sent: Buffer | null): number[] {
  const times: number[] = []
  for (let at = 0; sent && at < sent.length; at += 8) times.push(sent.readDoubleBE(at) * 1000)
  return times.sort((a, b) => a - b)
}
