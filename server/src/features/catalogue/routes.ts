import {
  createLocation as createLocationRoute,
  createProvider as createProviderRoute,
  createResource as createResourceRoute,
  createService as createServiceRoute,
  getLocation,
  getProvider,
  getResource,
  getService,
  listLocations as listLocationsRoute,
  listProviders as listProvidersRoute,
  listResources as listResourcesRoute,
  listServices as listServicesRoute,
  replaceLocation as replaceLocationRoute,
  replaceProvider as replaceProviderRoute,
  replaceService as replaceServiceRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { createLocation } from './create-location.ts'
import { createProvider } from './create-provider.ts'
import { createResource } from './create-resource.ts'
import { createService } from './create-service.ts'
import { listAffected } from './list-affected.ts'
import { present } from './present.ts'
import { findLocation, findResource, listLocations, listResources } from './queries/locations.ts'
import { findProvider, listProviders } from './queries/providers.ts'
import { findService, listServices } from './queries/services.ts'
import { replaceLocation } from './replace-location.ts'
import { replaceProvider } from './replace-provider.ts'
import { replaceService } from './replace-service.ts'
import { scheduleRoutes } from './schedule-routes.ts'

export function catalogueRoutes(serve: Serve, context: Context): void {
  const { db } = context
  const listing = listAffected(db)

  serve.read(listLocationsRoute, async ({ query: { limit = 25, cursor } }) =>
    page(await listLocations(db, lastOf(cursor), limit + 1), limit, ({ id }) => [id]),
  )

  serve.read(getLocation, async ({ params }) => present(await findLocation(db, params.locationId)))

  serve.write(createLocationRoute, (tx, { actor, body }) => createLocation(tx, actor, body))

  serve.write(replaceLocationRoute, (tx, { actor, params, body, requireFresh }) =>
    replaceLocation(tx, actor, params.locationId, body, requireFresh),
  )

  serve.read(listResourcesRoute, async ({ params: { locationId }, query: { limit = 25, cursor } }) => {
    const [, resources] = await Promise.all([
      findLocation(db, locationId).then(present),
      listResources(db, locationId, lastOf(cursor), limit + 1),
    ])
    return page(resources, limit, ({ id }) => [id])
  })

  serve.read(getResource, async ({ params }) => present(await findResource(db, params.locationId, params.resourceId)))

  serve.write(createResourceRoute, (tx, { actor, params, body }) => createResource(tx, actor, params.locationId, body))

  serve.read(listServicesRoute, async ({ query: { limit = 25, cursor } }) =>
    page(await listServices(db, lastOf(cursor), limit + 1), limit, ({ id }) => [id]),
  )

  serve.read(getService, async ({ params }) => present(await findService(db, params.serviceId)))

  serve.write(createServiceRoute, (tx, { actor, body }) => createService(tx, actor, body))

  serve.write(
    replaceServiceRoute,
    (tx, { actor, params, body, requireFresh }) => replaceService(tx, actor, params.serviceId, body, requireFresh),
    listing,
  )

  serve.read(
    listProvidersRoute,
    async ({ query: { service = null, location: locationId = null, limit = 25, cursor } }) =>
      page(await listProviders(db, { service, locationId }, lastOf(cursor), limit + 1), limit, ({ id }) => [id]),
  )

  serve.read(getProvider, async ({ params }) => present(await findProvider(db, params.providerId)))

  serve.write(createProviderRoute, (tx, { actor, body }) => createProvider(tx, actor, body))

  serve.write(
    replaceProviderRoute,
    (tx, { actor, params, body, requireFresh }) => replaceProvider(tx, actor, params.providerId, body, requireFresh),
    listing,
  )

  scheduleRoutes(serve, context)
}

/** The id of the last item of the page before. */
function lastOf(cursor: string | undefined): string | null {
  return decodeCursor(cursor, [cursorShape.id])?.[0] ?? null
}
