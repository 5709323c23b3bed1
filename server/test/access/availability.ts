import assert from 'node:assert/strict'
import { get, table } from './table.ts'

const free = ({ slots }: { slots: unknown[] }) => assert.ok(slots.length > 0)

const told = ({ isBookable }: { isBookable: boolean }) => assert.equal(isBookable, true)
const explanation = (day: Temporal.PlainDate) => `/availability/explanation?service=grooming&startsAt=${day}T15:00:00Z`

/** Free times are public; whether a pet is free is for those who see it. */
export const availability = table(
  `
                                  nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    searchAvailability            free   free  free  free  free  free  free  free  free  free  free  free  free   free  free
    searchAvailability, for rex   401    404   404   free  free  free  free  free  404   404   free  free  free   free  free
    explainStart                  401    told  told  told  told  told  told  told  told  told  told  told  told   told  told
    explainStart, for rex         401    404   404   told  told  told  told  told  404   404   told  told  told   told  told
    findNextStarts                free   free  free  free  free  free  free  free  free  free  free  free  free   free  free
    findNextStarts, for rex       401    404   404   free  free  free  free  free  404   404   free  free  free   free  free
  `,
  {
    searchAvailability: {
      ask: ({ mondayOf }) => get(`/availability?service=grooming&date=${mondayOf('nobody')}`),
      looks: { free },
    },
    explainStart: { ask: ({ mondayOf }) => get(explanation(mondayOf('nobody'))), looks: { told } },
    'explainStart, for rex': {
      ask: ({ mondayOf, pets }) => get(`${explanation(mondayOf('nobody'))}&pet=${pets.rex}`),
      looks: { told },
    },
    'searchAvailability, for rex': {
      ask: ({ mondayOf, pets }) => get(`/availability?service=grooming&date=${mondayOf('nobody')}&pet=${pets.rex}`),
      looks: { free },
    },
    findNextStarts: {
      ask: ({ mondayOf }) => get(`/availability/next?service=grooming&from=${mondayOf('nobody')}`),
      looks: { free },
    },
    'findNextStarts, for rex': {
      ask: ({ mondayOf, pets }) =>
        get(`/availability/next?service=grooming&from=${mondayOf('nobody')}&pet=${pets.rex}`),
      looks: { free },
    },
  },
)
