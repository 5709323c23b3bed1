import assert from 'node:assert/strict'
import type { OfferKind } from '../../src/features/ownerships/offer.ts'
import { linkToken } from '../../src/platform/link-token.ts'
import { addAccount } from '../world.ts'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { type Case, del, get, type Look, post, put, table } from './table.ts'

/**
 * Who owns a pet is for those who see the whole profile; to say who owns it is for owners with the right to manage, front
 * desk and admins; each owner may leave; an offer is answered by whom it went to, who has its token.
 */
export const ownerships = table(
  `
                                        nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listPetOwners                       401    404   404   four  four  four  four  403   404   404   four  four  four   four  four
    listPetOwners, archived             401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    changeRights, of noor               401    404   404   books 403   403   403   403   404   404   books 403   403    403   books
    changeRights, of fay                401    404   404   404   403   403   403   403   404   404   404   403   403    403   404
    endOwnership, of noor               401    404   404   done  done  403   403   403   404   404   done  403   403    403   done
    endOwnership, of fay                401    404   404   404   403   403   403   403   404   404   404   403   403    403   404
    listCoOwnerInvitations              401    404   404   open  403   403   403   403   404   404   open  403   403    403   open
    listCoOwnerInvitations, archived    401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    inviteCoOwner                       401    404   404   to    403   403   403   403   404   404   to    403   403    403   to
    inviteCoOwner, archived             401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    withdrawCoOwnerInvitation           401    404   404   done  403   403   403   403   404   404   done  403   403    403   done
    acceptCoOwnerInvitation             401    owns  owns  owns  owns  owns  owns  owns  owns  owns  owns  owns  owns   owns  owns
    acceptCoOwnerInvitation, of others  401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    declineCoOwnerInvitation            401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    declineCoOwnerInvitation, of others 401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    getPetTransfer                      401    404   404   to    403   403   403   403   404   404   to    403   403    403   to
    requestPetTransfer                  401    404   404   to    403   403   403   403   404   404   to    403   403    403   to
    withdrawPetTransfer                 401    404   404   done  403   403   403   403   404   404   done  403   403    403   done
    acceptPetTransfer                   401    owns  owns  owns  owns  owns  owns  owns  owns  owns  owns  owns  owns   owns  owns
    acceptPetTransfer, of others        401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    declinePetTransfer                  401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    declinePetTransfer, of others       401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
  `,
  {
    listPetOwners: {
      ask: ({ pets }) => get(`/pets/${pets.rex}/owners`),
      looks: {
        four: ({ items }) => {
          const shown = items.map(({ name, rights }: { name: string; rights: string[] }) => [name, ...rights].join(' '))
          assert.deepEqual(shown.toSorted(), [
            'Ben view book',
            'Maya view book records manage',
            'Noor view',
            'Rae view records',
          ])
        },
      },
    },
    'listPetOwners, archived': { ask: ({ pets }) => get(`/pets/${pets.ghost}/owners`) },
    'changeRights, of noor': {
      ask: async ({ rexAgain, ids }) => put(`/pets/${await rexAgain()}/owners/${ids.noor}`, { rights: ['book'] }),
      looks: { books: ({ rights }) => assert.deepEqual(rights, ['view', 'book']) },
    },
    'changeRights, of fay': { ask: ({ pets, ids }) => put(`/pets/${pets.rex}/owners/${ids.fay}`, { rights: [] }) },
    'endOwnership, of noor': { ask: async ({ rexAgain, ids }) => del(`/pets/${await rexAgain()}/owners/${ids.noor}`) },
    'endOwnership, of fay': { ask: ({ pets, ids }) => del(`/pets/${pets.rex}/owners/${ids.fay}`) },
    listCoOwnerInvitations: {
      ask: async (stage) =>
        get(`/pets/${(await standingOffer(stage, 'co-owner-invitation')).petId}/co-owner-invitations`),
      looks: { open: ({ items }) => assert.deepEqual([items.length, items[0].email], [1, 'zoe@example.test']) },
    },
    'listCoOwnerInvitations, archived': { ask: ({ pets }) => get(`/pets/${pets.ghost}/co-owner-invitations`) },
    inviteCoOwner: {
      ask: async ({ rexAgain }) => post(`/pets/${await rexAgain()}/co-owner-invitations`, toZoe),
      looks: { to },
    },
    'inviteCoOwner, archived': { ask: ({ pets }) => post(`/pets/${pets.ghost}/co-owner-invitations`, toZoe) },
    withdrawCoOwnerInvitation: {
      ask: async (stage, who) => {
        const { id, petId } = await offerOfRex(stage, who, 'co-owner-invitation')
        return del(`/pets/${petId}/co-owner-invitations/${id}`)
      },
    },
    ...answers('CoOwnerInvitation', 'co-owner-invitation'),
    getPetTransfer: {
      ask: async (stage) => get(`/pets/${(await standingOffer(stage, 'pet-transfer')).petId}/transfer`),
      looks: { to },
    },
    requestPetTransfer: {
      ask: async ({ rexAgain }) => post(`/pets/${await rexAgain()}/transfer`, { email: toZoe.email }),
      looks: { to },
    },
    withdrawPetTransfer: {
      ask: async (stage, who) => del(`/pets/${(await offerOfRex(stage, who, 'pet-transfer')).petId}/transfer`),
    },
    ...answers('PetTransfer', 'pet-transfer'),
  },
)

const toZoe = { email: 'zoe@example.test', rights: ['book'] }

function to(body: { petId: string; email: string }, { request }: Parameters<Look>[1]): void {
  assert.equal(body.email, toZoe.email)
  assert.ok(request.path.startsWith(`/pets/${body.petId}/`))
}

/** Accepting and declining, by whom the offer went to, and by everybody else. */
function answers(noun: string, kind: OfferKind): Record<string, Case> {
  const answer = (verb: string, ofOthers: boolean): Case => ({
    ask: async (stage, who) => {
      const email = ofOthers || who === 'nobody' ? toZoe.email : await addressOf(stage, who)
      const { id } = await offerOfPax(stage, who, kind, email)
      return post(`/me/${kind}s/${verb}`, { token: linkToken(stage.house.context.keyring, kind, id) })
    },
    looks: { owns: ({ rights }) => assert.equal(rights.length, kind === 'pet-transfer' ? 4 : 2) },
  })
  return {
    [`accept${noun}`]: answer('acceptance', false),
    [`accept${noun}, of others`]: answer('acceptance', true),
    [`decline${noun}`]: answer('decline', false),
    [`decline${noun}, of others`]: answer('decline', true),
  }
}

async function addressOf({ house, ids }: Stage, who: Persona): Promise<string> {
  return (await house.call('GET', '/me', { as: ids[who] })).body.email
}

const standing = new Map<OfferKind, Promise<{ petId: string }>>()

/** Of Rex, made once: who only reads changes nothing for the others. */
async function standingOffer(stage: Stage, kind: OfferKind): Promise<{ petId: string }> {
  const { ids, pets } = stage
  const known = standing.get(kind) ?? offer(stage, kind, ids.ines as string, pets.rex, toZoe.email)
  standing.set(kind, known)
  return known
}

/** Of a pet that has the owners Rex has. */
async function offerOfRex(stage: Stage, who: Persona, kind: OfferKind) {
  return offer(stage, kind, await clerkOf(stage, who), await stage.rexAgain(), toZoe.email)
}

/** Of a pet that nobody else knows. */
async function offerOfPax(stage: Stage, who: Persona, kind: OfferKind, email: string) {
  const clerk = await clerkOf(stage, who)
  const { body: pet } = await stage.house.call('POST', '/pets', { as: clerk, body: { name: 'Pax', species: 'cat' } })
  return offer(stage, kind, clerk, pet.id, email)
}

const clerks = new Map<Persona, Promise<string>>()

/** Who makes the offers that somebody asks about: an account makes few a day. */
function clerkOf({ house }: Stage, who: Persona): Promise<string> {
  const clerk = clerks.get(who) ?? addAccount(house, `Clerk ${clerks.size}`, 'receptionist')
  clerks.set(who, clerk)
  return clerk
}

async function offer({ house }: Stage, kind: OfferKind, as: string, petId: string, email: string) {
  const transfer = kind === 'pet-transfer'
  const path = `/pets/${petId}/${transfer ? 'transfer' : 'co-owner-invitations'}`
  const { body } = await house.call('POST', path, { as, body: transfer ? { email } : { ...toZoe, email } })
  return body as { id: string; petId: string }
}
