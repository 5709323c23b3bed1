export { mayChange, mayReadAccessLog, type Relation, type Right, viewOf } from './policy.ts'
export { findPet, findRelation } from './queries.ts'
