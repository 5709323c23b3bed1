export { mayChange, mayReadAccessLog, type Relation, type Right, viewOf } from './policy.ts'
export { endOwnershipsOf, exportFormerOwnerships, exportPets, lockPetsOf } from './queries/ownerships.ts'
export { findPhotoFile } from './queries/photos.ts'
export { archivePetRow, type Build, findPet, findRelation, isArchived, lockPet } from './queries.ts'
