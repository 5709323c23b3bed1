import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'

describe('GET /metrics', () => {
  let house: House
  before(async () => {
    house = await openHouse({ TRUST_PROXY: '127.0.0.1', METRICS_ALLOW: '203.0.113.0/24, 2001:db8::7' })
  })
  after(() => house[Symbol.asyncDispose]())

  it('shows how long requests took, and how far the log is dispatched', async () => {
    await house.call('GET', '/services')
    const { status, text } = await metrics()
    assert.equal(status, 200)
    assert.match(text, /^http_request_duration_seconds_count\{operation="listServices",status="200"\} 1$/m)
    assert.match(text, /^petra_log_lag_seconds 0$/m)
    assert.match(text, /^petra_seal_lag_seconds 0$/m)
    assert.match(text, /^petra_watch_lag_seconds 0$/m)
  })

  it('answers loopback and the addresses of METRICS_ALLOW, and 404 to anybody else', async () => {
    for (const address of ['127.0.0.1', '::1', '203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7']) {
      assert.equal((await metrics(address)).status, 200, address)
    }
    for (const address of ['203.0.114.1', '::ffff:198.51.100.7', '2001:db8::8']) {
      const { status, text } = await metrics(address)
      assert.equal(status, 404, address)
      assert.equal(JSON.parse(text).code, 'resource.not-found')
    }
  })

  /** As a proxy on this machine hands it on. */
  async function metrics(address?: string): Promise<{ status: number; text: string }> {
    const response = await fetch(
      `${house.url}/metrics`,
      address === undefined ? {} : { headers: { 'x-forwarded-for': address } },
    )
    return { status: response.status, text: await response.text() }
  }
})
