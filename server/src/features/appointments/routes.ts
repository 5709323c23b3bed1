import {
  approveAppointment,
  bookAppointment as bookRoute,
  cancelAppointment as cancelRoute,
  changeAppointment as changeRoute,
  checkInAppointment,
  completeAppointment,
  confirmAppointment,
  declineAppointment,
  explainStart as explainRoute,
  getAppointment,
  getOverride,
  listAppointments as listRoute,
  markNoShow,
  findNextStarts as nextRoute,
  reopenNoShow as reopenRoute,
  searchAvailability as searchRoute,
  startAppointment,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { openLine } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { openAlternatives } from './alternatives.ts'
import { askedTime } from './asked-time.ts'
import { bookAppointment } from './book-appointment.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { changeAppointment } from './change-appointment.ts'
import { decideAppointment } from './decide-appointment.ts'
import { SlotTaken } from './errors.ts'
import { explainStart } from './explain-start.ts'
import { findNextStarts } from './find-next-starts.ts'
import { holdRoutes } from './hold-routes.ts'
import { openBooks } from './open-books.ts'
import { openTimetables } from './open-timetables.ts'
import { listReach, maySee } from './policy.ts'
import { progressAppointment } from './progress-appointment.ts'
import { findAppointment, listAppointments, toAppointment } from './queries/appointments.ts'
import { findHold } from './queries/holds.ts'
import { readOverride } from './read-override.ts'
import { reopenNoShow } from './reopen-no-show.ts'
import { openSearch } from './search-availability.ts'

/** @returns what is to be disposed of with the API */
export function appointmentRoutes(serve: Serve, { db, config, log }: Context): AsyncDisposable {
  const timetables = openTimetables()
  const line = openLine(config.databaseUrl, (error) => log.warn({ err: error }, 'the connection of the books was lost'))
  const books = openBooks(line, timetables)
  const toldLoser = openAlternatives(db, timetables, books)

  serve.read(explainRoute, ({ actor, query }) => explainStart(db, books, actor, query))
  const searchAvailability = openSearch(db, books)
  serve.read(searchRoute, ({ actor, query }) => searchAvailability(actor, query))

  holdRoutes(serve, db, books, toldLoser)
  serve.read(nextRoute, ({ actor, query }) => findNextStarts(db, books, actor, query))

  serve.read(listRoute, async ({ actor, query }) => {
    const { limit = 25, cursor, status = null, pet = null, provider = null, location = null } = query
    const timeZone = location === null ? undefined : (await timetables.current(db)).places.get(location)?.timeZone
    const instant = (text: string | undefined) =>
      text === undefined ? null : new Date(askedTime(text, timeZone)).toISOString()
    const rows = await listAppointments(db, actor, listReach(actor), {
      from: instant(query.from),
      to: instant(query.to),
      status,
      pet,
      provider,
      location,
      after: decodeCursor(cursor, [cursorShape.instant, cursorShape.id]),
      limit: limit + 1,
    })
    return page(rows.map(toAppointment), limit, ({ startsAt, id }) => [startsAt, id])
  })

  serve.write(bookRoute, (tx, { actor, body }) => bookAppointment(tx, books, actor, body), {
    async refused(error, { actor, body }) {
      if (!(error instanceof SlotTaken) || body.holdId === undefined) return toldLoser(error, actor, body)
      // A hold says where its time is, which the request need not.
      const hold = await findHold(db, body.holdId, actor.accountId)
      return hold ? toldLoser(error, actor, { ...body, startsAt: hold.startsAt }) : error
    },
  })

  serve.read(getAppointment, async ({ actor, params }) => {
    const found = await findAppointment(db, actor, params.appointmentId)
    if (!found || !maySee(actor, found)) throw new NotFound()
    return toAppointment(found)
  })

  serve.read(getOverride, ({ actor, params }) => readOverride(db, actor, params.appointmentId))

  serve.write(
    changeRoute,
    (tx, { actor, params, body, requireFresh }) =>
      changeAppointment(tx, timetables, actor, params.appointmentId, body, requireFresh),
    {
      async refused(error, { actor, params, body: { startsAt, providerId, resourceIds = [] } }) {
        if (!(error instanceof SlotTaken)) return error
        const row = await findAppointment(db, actor, params.appointmentId)
        if (!row) return error
        const { petId, serviceId: service, locationId } = row
        const asked = { startsAt: startsAt ?? row.startsAt, providerId: providerId ?? row.providerId, resourceIds }
        return toldLoser(error, actor, { petId, service, locationId, ...asked, movedId: row.id })
      },
    },
  )

  serve.write(cancelRoute, (tx, { actor, params, requireFresh }) =>
    cancelAppointment(tx, actor, params.appointmentId, requireFresh),
  )

  for (const [route, decision] of [
    [approveAppointment, 'approval'],
    [declineAppointment, 'decline'],
  ] as const) {
    serve.write(route, (tx, { actor, params }) => decideAppointment(tx, actor, params.appointmentId, decision))
  }

  serve.write(reopenRoute, (tx, { actor, params, requireFresh }) =>
    reopenNoShow(tx, actor, params.appointmentId, requireFresh),
  )

  for (const [route, step] of [
    [confirmAppointment, 'confirmation'],
    [checkInAppointment, 'check-in'],
    [startAppointment, 'start'],
    [completeAppointment, 'completion'],
    [markNoShow, 'no-show'],
  ] as const) {
    serve.write(route, (tx, { actor, params }) => progressAppointment(tx, actor, params.appointmentId, step))
  }
  return line
}
