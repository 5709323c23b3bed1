import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

const get = (path: string) => house.call('GET', path, { as: world.ada })
const setRoles = (id: string, roles: string[], as = world.ada, headers = {}) =>
  house.call('PUT', `/accounts/${id}/roles`, { as, body: { roles }, headers })
const disable = (id: string, as = world.ada) => house.call('POST', `/accounts/${id}/disablement`, { as })
const enable = (id: string, as = world.ada) => house.call('DELETE', `/accounts/${id}/disablement`, { as })
const me = async (token: string) =>
  (await house.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } })).status

async function names(query: string): Promise<string[]> {
  const { status, body } = await get(`/accounts?${query}`)
  assert.equal(status, 200)
  return body.items.map(({ name }: { name: string }) => name)
}

async function eventsAbout(id: string): Promise<object[]> {
  return house.sql(
    `select name, actor_id as "by", payload from events where resource_id = $1 and name ~ '^account' order by id`,
    [id],
  )
}

describe('the list of accounts', () => {
  it('is narrowed by name, by whole address or number, by role and by status', async () => {
    const zoe = await addAccount(house, 'Zoë Quist', 'groomer')
    await house.call('PATCH', '/me', { as: zoe, body: { phone: '+1 212 555 0123', address: '1 Main  Street' } })
    assert.deepEqual(await names('search=oë qu'), ['Zoë Quist'])
    assert.deepEqual(await names('search=ZO-QUIST@example.test'), ['Zoë Quist'])
    assert.deepEqual(await names(`search=${encodeURIComponent('+1 (212) 5550123')}`), ['Zoë Quist'])
    assert.deepEqual(await names('search=1 main street'), ['Zoë Quist'])
    for (const part of ['quist@example.test', '5550123', 'main street', '%25']) {
      assert.deepEqual(await names(`search=${part}`), [], part)
    }
    assert.deepEqual(await names('role=groomer'), ['Tomas', 'Zoë Quist'])
    assert.deepEqual(await names('role=groomer&search=tom'), ['Tomas'])
    await disable(zoe)
    assert.deepEqual(await names('status=disabled'), ['Zoë Quist'])
    assert.deepEqual(await names('role=groomer&status=unclaimed'), ['Tomas'])
    assert.deepEqual(await names('status=active'), [])
    await house.sql(`update accounts set password_hash = 'x' where id = $1`, [world.sam])
    assert.deepEqual(await names('status=active'), ['Sam'])
  })

  it('goes on from page to page', async () => {
    const found: string[] = []
    let cursor = ''
    do {
      const { body } = await get(`/accounts?limit=3${cursor && `&cursor=${cursor}`}`)
      found.push(...body.items.map(({ name }: { name: string }) => name))
      cursor = body.nextCursor
    } while (cursor !== null)
    assert.deepEqual(found, await names('limit=100'))
    assert.ok(found.length > 8)
  })

  it('shows each as it is read alone', async () => {
    const { body } = await get(`/accounts?search=tomas`)
    assert.deepEqual((await get(`/accounts/${world.tomas}`)).body, body.items[0])
    assert.equal((await get(`/accounts/${crypto.randomUUID()}`)).status, 404)
  })
})

describe('roles', () => {
  it('are set as a whole, at once for every session, with before and after in the trail', async () => {
    const una = await addAccount(house, 'Una', 'receptionist')
    const token = await house.signIn(una)
    const owners = () => house.call('GET', '/owners', { headers: { authorization: `Bearer ${token}` } })
    assert.equal((await owners()).status, 200)
    const { status, body } = await setRoles(una, ['veterinarian', 'groomer'])
    assert.deepEqual([status, body.roles], [200, ['owner', 'groomer', 'veterinarian']])
    await eventually(async () => assert.equal((await owners()).status, 403))
    assert.deepEqual((await setRoles(una, ['owner', 'groomer', 'veterinarian'])).body, body)
    assert.deepEqual((await setRoles(una, [])).body.roles, ['owner'])
    const both = ['owner', 'groomer', 'veterinarian']
    assert.deepEqual(await eventsAbout(una), [
      { name: 'account.roles-changed', by: world.ada, payload: { before: ['owner', 'receptionist'], after: both } },
      { name: 'account.roles-changed', by: world.ada, payload: { before: both, after: ['owner'] } },
    ])
    const trail = await get(`/audit-events?action=account.roles-changed&resource=${una}`)
    assert.deepEqual(trail.body.items[0].payload, { before: both, after: ['owner'] })
  })

  it('that nobody knows are refused', async () => {
    for (const roles of [['king'], ['admin', 'admin'], [null], 'admin']) {
      assert.equal((await setRoles(world.sam, roles as string[])).status, 400)
    }
    assert.equal((await setRoles(crypto.randomUUID(), ['admin'])).status, 404)
  })

  it('are not one’s own to change, up or down', async () => {
    for (const roles of [['admin', 'veterinarian'], ['admin'], []]) {
      const answer = await setRoles(world.ada, roles)
      assert.deepEqual([answer.status, answer.body.code], [403, 'auth.forbidden'])
    }
    assert.equal((await setRoles(world.tomas, ['admin'], world.tomas)).status, 403)
    assert.equal((await setRoles(world.ines, ['admin'], world.tomas)).status, 403)
  })

  it('are not overwritten by whoever read older ones', async () => {
    const una = await addAccount(house, 'Una II')
    const etag = (await get(`/accounts/${una}`)).headers.get('etag') as string
    assert.equal((await setRoles(una, ['groomer'], world.ada, { 'if-match': etag })).status, 200)
    assert.equal((await setRoles(una, ['admin'], world.ada, { 'if-match': etag })).status, 412)
  })
})

describe('a disabled account', () => {
  it('is signed out everywhere within two seconds, and its sessions stay ended once it is enabled', async () => {
    const una = await addAccount(house, 'Una III')
    const tokens = [await house.signIn(una), await house.signIn(una)] as const
    assert.deepEqual(await Promise.all(tokens.map(me)), [200, 200])
    const { status, body } = await disable(una)
    assert.deepEqual([status, body.status], [200, 'disabled'])
    await eventually(async () => assert.deepEqual(await Promise.all(tokens.map(me)), [401, 401]))
    const late = await house.signIn(una)
    assert.equal(await me(late), 401)
    assert.equal((await enable(una)).body.status, 'unclaimed')
    assert.deepEqual(await Promise.all([...tokens, late].map(me)), [401, 401, 401])
    assert.equal(await me(await house.signIn(una)), 200)
  })

  it('is disabled once and enabled once, by somebody else, with before and after in the trail', async () => {
    const una = await addAccount(house, 'Una IV')
    await Promise.all([disable(una), disable(una), disable(una)])
    await Promise.all([enable(una), enable(una)])
    assert.deepEqual(await eventsAbout(una), [
      { name: 'account.disabled', by: world.ada, payload: { before: 'unclaimed', after: 'disabled' } },
      { name: 'account.enabled', by: world.ada, payload: { before: 'disabled', after: 'unclaimed' } },
    ])
    assert.equal((await disable(world.ada)).status, 403)
    assert.equal((await disable(crypto.randomUUID())).status, 404)
    assert.equal((await enable(crypto.randomUUID())).status, 404)
  })
})

describe('the last active admin', () => {
  it('stays, whichever way two of them remove each other at the same moment', async () => {
    const [pim, kit] = [await addAccount(house, 'Pim', 'admin'), await addAccount(house, 'Kit', 'admin')]
    await house.sql(`update accounts set roles = '{owner}' where id = $1`, [world.ada])
    await house.sql(`update accounts set password_hash = 'x' where id in ($1, $2)`, [pim, kit])
    await addAccount(house, 'Invited', 'admin')
    const ways = [
      (id: string, as: string) => setRoles(id, ['groomer'], as),
      (id: string, as: string) => disable(id, as),
    ]
    for (let round = 0; round < 24; round++) {
      const [first, second] = [ways[round % 2], ways[(round >> 1) % 2]] as typeof ways
      const answers = await Promise.all([first?.(pim, kit), second?.(kit, pim)])
      const [left] = await house.sql(
        `select count(*)::int from accounts where roles @> '{admin}' and disabled_at is null and name <> 'Invited'`,
      )
      assert.equal(left.count, 1)
      const codes = answers.map((answer) => answer?.body.code).filter(Boolean)
      assert.ok(
        codes.length === 1 && ['account.last-admin', 'auth.required', 'auth.forbidden'].includes(codes[0]),
        codes[0],
      )
      await house.sql(`update accounts set roles = '{owner,admin}', disabled_at = null where id in ($1, $2)`, [
        pim,
        kit,
      ])
      await house.sql(`update sessions set ended_at = null, ended_because = null where account_id in ($1, $2)`, [
        pim,
        kit,
      ])
      await eventually(async () => {
        for (const as of [pim, kit]) assert.equal((await house.call('GET', '/accounts?limit=1', { as })).status, 200)
      })
    }
    const [{ count }] = await house.sql(
      `select count(*)::int from events where payload ->> 'code' = 'account.last-admin'`,
    )
    assert.ok(count > 0, 'the database decided at least one of the races')
  })

  it('is refused by the database too, but for what leaves an admin', async () => {
    await house.sql(`update accounts set roles = '{owner,admin}', password_hash = 'x' where id = $1`, [world.ada])
    await house.sql(`update accounts set roles = '{owner}' where roles @> '{admin}' and id <> $1`, [world.ada])
    await addAccount(house, 'Invited too', 'admin')
    for (const change of [`roles = '{owner}'`, 'disabled_at = now()', 'password_hash = null']) {
      await assert.rejects(house.sql(`update accounts set ${change} where id = $1`, [world.ada]), {
        constraint: 'an_admin_remains',
      })
    }
    await house.sql(`update accounts set roles = '{owner,admin,groomer}' where id = $1`, [world.ada])
  })
})

/** Tries for two seconds. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const until = performance.now() + 2_000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > until) throw error
    }
  }
}
