import { Closed, OneOf } from './common.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const Health = Closed({ status: Type.Literal('ok') })

export const Readiness = Closed({
  ...Health.properties,
  log: OneOf(['current', 'behind'], {
    description: '`behind`: what follows from events, mail and messages, is over a minute late',
  }),
})

export type Health = Static<typeof Health>
export type Readiness = Static<typeof Readiness>

const tag = 'Health'

export const getLiveness = route({
  operationId: 'getLiveness',
  method: 'GET',
  url: '/health/live',
  public: true,
  tag,
  summary: 'Is the process alive',
  description: 'Answers as long as the process runs; asks nothing of the database.',
  answers: { 200: Health },
  problems: [],
  example: { answer: { status: 'ok' } },
})

export const getReadiness = route({
  operationId: 'getReadiness',
  method: 'GET',
  url: '/health/ready',
  public: true,
  tag,
  summary: 'Is the process ready for requests',
  description: 'Answers 503 while the database is away, and from the moment the process is told to stop.',
  answers: { 200: Readiness },
  problems: [],
  example: { answer: { status: 'ok', log: 'current' } },
})
