import { Closed, Instant, Nullable, OneOf, Page, pageQuery } from './common.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

const ParkedId = Type.String({
  pattern: '^([0-9]{1,18}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$',
  description: 'A number for a job, a UUID for an event of the log',
})

export const ParkedJob = Closed({
  id: ParkedId,
  kind: OneOf(['job', 'event'], {
    description: '`job`: it failed at every try; `event`: the log went on without what should have followed from it',
  }),
  name: Type.String({ description: 'Of the job or the event', examples: ['notifications.send-visit-mail'] }),
  attempts: Type.Integer(),
  fault: Nullable(Type.String({ description: 'The code or name of the last error, never its text' })),
  parkedAt: Instant,
})

export type ParkedJob = Static<typeof ParkedJob>

const tag = 'Jobs'

export const listParkedJobs = route({
  operationId: 'listParkedJobs',
  method: 'GET',
  url: '/jobs/parked',
  permission: 'jobs.read',
  noStore: true,
  tag,
  summary: 'List what was given up',
  description:
    'Work that failed at its last try, and events that no work could be made of, the newest first. Why is told by code; ' +
    'the rest stands in the log of the process.',
  query: Closed(pageQuery),
  answers: { 200: Page(ParkedJob) },
  problems: [],
  example: {
    answer: {
      items: [
        {
          id: '4711',
          kind: 'job',
          name: 'notifications.send-visit-mail',
          attempts: 25,
          fault: 'MailNotAccepted',
          parkedAt: '2026-11-22T09:30:00Z',
        },
      ],
      nextCursor: null,
    },
  },
})

export const retryJob = route({
  operationId: 'retryJob',
  method: 'POST',
  url: '/jobs/{jobId}/retry',
  permission: 'jobs.write',
  tag,
  summary: 'Try again what was given up',
  description: 'At once, with as many tries as the first time. Jobs read what is so now, and so never repeat old news.',
  params: Closed({ jobId: ParkedId }),
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params: { jobId: '4711' } },
})
