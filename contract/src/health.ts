import Type, { type Static } from 'typebox'
import { Closed } from './common.ts'
import { route } from './route.ts'

export const Health = Closed({ status: Type.Literal('ok') })

export type Health = Static<typeof Health>

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
  answers: { 200: Health },
  problems: [],
  example: { answer: { status: 'ok' } },
})
