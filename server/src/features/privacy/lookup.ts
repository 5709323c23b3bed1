export { findErasure, findExportOwner } from './queries.ts'
