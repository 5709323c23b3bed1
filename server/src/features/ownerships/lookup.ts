export { type OfferToMail, offerToMail } from './offer-to-mail.ts'
export { markOfferUndeliverable } from './queries/offers.ts'
export { findManagingOwner, findPastOwner } from './queries/owner-news.ts'
