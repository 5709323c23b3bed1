/** What people are told of their pets: who owns them, who looked, what is due. */
export const pets = {
  'right.view': 'see the profile',
  'right.book': 'book visits',
  'right.records': 'read and add to the medical records',
  'right.manage': 'decide about the profile and who owns the pet',
  'co-owner-invitation.subject': '{offerer} invites you to look after {pet}',
  'co-owner-invitation.body':
    '{offerer} would like you to be a co-owner of {pet} at Petra. You could do this: {rights}.',
  'co-owner-invitation.link': 'Answer the invitation',
  'pet-transfer.subject': '{offerer} would like to hand {pet} over to you',
  'pet-transfer.body':
    '{offerer} asks you to take {pet} over at Petra. Once you accept, {pet} is yours alone, with profile, visits and medical records.',
  'pet-transfer.link': 'Answer the request',
  'offer.how':
    'To accept or decline, sign in to the account that has this address, {email}, or open one. The link works for 7 days, and for nobody else.',
  'offer.footer':
    'You get this mail because {offerer} gave us your address. If that means nothing to you, you need not do anything.',
  'co-owner-invitation-sent.subject': 'Somebody is invited to co-own {pet}',
  'co-owner-invitation-sent.body':
    'An invitation to co-own {pet} was sent. If you do not agree, withdraw it, or contact us, before it is accepted.',
  'co-owner-invitation-accepted.subject': '{owner} is a co-owner of {pet} now',
  'co-owner-invitation-accepted.body':
    '{owner} has accepted the invitation. If you did not expect this, please contact us.',
  'co-owner-invitation-declined.subject': 'An invitation to co-own {pet} was declined',
  'pet-transfer-requested.subject': '{pet} is to be handed over to somebody else',
  'pet-transfer-requested.body':
    'A transfer of {pet} was asked for in our system. Once it is accepted, which may be at any time in the next 7 days, every ownership of today ends, yours too.',
  'pet-transfer-requested.advice': 'If you do not agree, withdraw the transfer, or contact us, at once.',
  'pet-transfer-accepted.subject': '{pet} is yours now',
  'pet-transfer-accepted.body':
    'You have taken {pet} over. The visits that were booked stand, and you may invite co-owners.',
  'pet-transfer-declined.subject': 'The transfer of {pet} was declined',
  'offer.nothing-changed': 'Nothing has changed.',
  'managing.link': 'See who owns {pet}',
  'managing.footer': 'This message is sent to those who manage the pet.',
  'ownership-ended.subject': 'You are no longer an owner of {pet}',
  'ownership-ended.handed-over': 'The transfer of {pet} was accepted, and every ownership of before has ended.',
  'ownership-ended.ended': 'Your ownership of {pet} was ended by somebody who manages it, or by us for them.',
  'ownership-ended.consequence':
    'You do not see {pet}’s profile, visits and records any more. If you did not expect this, please contact us.',
  'ownership-ended.link': 'See your pets',
  'ownership-ended.footer': 'This message is sent to whoever was an owner of the pet.',
  'death-withdrawn.subject': '{pet}: our mistake, and our apologies',
  'death-withdrawn.body':
    'Our records said that {pet} had died. That was a mistake, it is put right, and we apologise for it.',
  'death-withdrawn.visits':
    'Visits that were cancelled because of it are not booked again by themselves. Please book them again, or call us and we will find a time together.',
  'emergency-access.subject': 'Emergency access to {pet}’s records',
  'emergency-access.body': 'A vet who does not have {pet} under care has opened emergency access to the records.',
  'emergency-access.note':
    'The vet stated a reason, and every look at the records is logged. If you did not expect this, please contact us.',
  'emergency-access.link': 'See who looked at the records',
  'emergency-access.footer': 'This message is sent to every owner of the pet.',
  'new-record.subject': 'There is something new in {pet}’s records',
  'new-record.body': 'A vet has added to {pet}’s medical records. Sign in to read it.',
  'new-record.link': 'Open {pet}’s records',
  'new-record.footer': 'This message is sent to the owners who may read the pet’s records.',
  'vaccinations-due.subject':
    '{pet}: {count, plural, one {a vaccination is due soon} other {# vaccinations are due soon}}',
  'vaccinations-due.body':
    'So that {pet} stays protected, please book a visit before {count, plural, one {the vaccination runs} other {the vaccinations run}} out.',
  'vaccinations-due.until': 'valid until {date}',
  'vaccinations-overdue.subject':
    '{pet}: {count, plural, one {a vaccination has run out} other {# vaccinations have run out}}',
  'vaccinations-overdue.body':
    'Please book a visit, so that {pet} is protected again. If {pet} was vaccinated elsewhere, send us the certificate.',
  'vaccinations-overdue.since': 'ran out on {date}',
  'vaccinations.link': 'Book a visit',
  'vaccinations.footer': 'You get this message because {pet} is vaccinated with us. There is no visit booked yet.',
  'vaccine.rabies': 'Rabies',
  'vaccine.dap': 'Distemper, adenovirus, parvovirus (DAP)',
  'vaccine.leptospirosis': 'Leptospirosis',
  'vaccine.bordetella': 'Kennel cough (Bordetella)',
  'vaccine.lyme': 'Lyme disease',
  'vaccine.canine-influenza': 'Canine influenza',
  'vaccine.fvrcp': 'Cat flu and panleukopenia (FVRCP)',
  'vaccine.felv': 'Feline leukaemia (FeLV)',
  'vaccine.other': 'Other vaccination',
} as const
