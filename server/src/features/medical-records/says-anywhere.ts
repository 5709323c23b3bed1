import type { Content } from './sealed-content.ts'

/** Whether the description, or any value in the details, holds the text, whatever its case or Unicode form. */
export function saysAnywhere({ description, details }: Content, text: string): boolean {
  const wanted = folded(text)
  return [description, ...valuesIn(details)].some((value) => value !== null && folded(String(value)).includes(wanted))
}

/** Names of fields are left out: `vaccine` must not find every vaccination. */
function valuesIn(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [value]
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
