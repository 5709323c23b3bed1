import { CompactSign, compactVerify, decodeJwt } from 'jose'
import type { DataKeyPurpose } from './data-key-rows.ts'
import type { TrailKey } from './keyring.ts'

/** What was destroyed: it names nobody, and tells nothing of what the key had sealed. */
export interface Destruction {
  readonly environment: string
  readonly keyId: string
  readonly purpose: DataKeyPurpose
  readonly subjectId: string
  readonly destroyedAt: string
  /** Of a pet, whose keys went along. */
  readonly documents: number
}

const TYPE = 'petra-destruction'

/** The receipt: a JWS (RFC 7515) that whoever has the public key can check. */
export function signReceipt({ privateKey }: TrailKey, destruction: Destruction): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(destruction)))
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
    .sign(privateKey)
}

/** Whether we have signed it. */
export async function isOurReceipt({ publicKey }: TrailKey, receipt: string): Promise<boolean> {
  try {
    const { protectedHeader } = await compactVerify(receipt, publicKey, { algorithms: ['EdDSA'] })
    return protectedHeader.typ === TYPE
  } catch {
    return false
  }
}

/** What it says, whoever signed it; undefined when it says nothing. */
export function readReceipt(receipt: string): Destruction | undefined {
  try {
    return decodeJwt<Destruction>(receipt)
  } catch {
    return undefined
  }
}
