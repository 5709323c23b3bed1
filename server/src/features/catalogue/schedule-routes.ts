import {
  addClosure as addClosureRoute,
  addExtraHours as addExtraHoursRoute,
  addTimeOff as addTimeOffRoute,
  getClosure,
  getExtraHours,
  getTimeOff,
  getWorkingHours,
  setWorkingHours as setWorkingHoursRoute,
} from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { addClosure } from './add-closure.ts'
import { addExtraHours } from './add-extra-hours.ts'
import { addTimeOff } from './add-time-off.ts'
import { listAffected } from './list-affected.ts'
import { mayReadSchedule } from './policy.ts'
import { present } from './present.ts'
import { findProviderAccount, type ProviderAccount } from './queries/providers.ts'
import { findClosure, findException } from './queries/schedule-changes.ts'
import { listWorkingHours } from './queries/working-hours.ts'
import { setWorkingHours } from './set-working-hours.ts'

export function scheduleRoutes(serve: Serve, { db }: Context): void {
  const listing = listAffected(db)

  /** @throws NotFound, Forbidden */
  async function providerToRead(actor: Actor, providerId: string): Promise<ProviderAccount> {
    const provider = await findProviderAccount(db, providerId)
    if (!provider) throw new NotFound()
    if (!mayReadSchedule(actor, provider)) throw new Forbidden('You may only read your own schedule.')
    return provider
  }

  serve.read(
    getWorkingHours,
    async ({ actor, params: { providerId }, query: { location = null, limit = 25, cursor } }) => {
      const after = decodeCursor(cursor, [cursorShape.id, cursorShape.date])
      const provider = await providerToRead(actor, providerId)
      const weeks = await listWorkingHours(db, provider.id, location, after, limit + 1)
      return page(weeks, limit, ({ locationId, effectiveFrom }) => [locationId, effectiveFrom])
    },
  )

  serve.write(
    setWorkingHoursRoute,
    (tx, { actor, params, body, requireFresh }) => setWorkingHours(tx, actor, params.providerId, body, requireFresh),
    listing,
  )

  serve.read(getTimeOff, async ({ actor, params: { providerId, timeOffId } }) => {
    const { id } = await providerToRead(actor, providerId)
    return present(await findException(db, 'time-off', id, timeOffId))
  })

  serve.read(getExtraHours, async ({ actor, params: { providerId, extraHoursId } }) => {
    const { id } = await providerToRead(actor, providerId)
    return present(await findException(db, 'extra-hours', id, extraHoursId))
  })

  serve.read(getClosure, async ({ params: { locationId, closureId } }) =>
    present(await findClosure(db, locationId, closureId)),
  )

  serve.write(addTimeOffRoute, (tx, { actor, params, body }) => addTimeOff(tx, actor, params.providerId, body), listing)

  serve.write(addExtraHoursRoute, (tx, { actor, params, body }) => addExtraHours(tx, actor, params.providerId, body))

  serve.write(addClosureRoute, (tx, { actor, params, body }) => addClosure(tx, actor, params.locationId, body), listing)
}
