/** For admins, about how Petra itself fares. */
export const operations = {
  'footer.operations': 'You get this because you are an admin.',
  'webhook-disabled.subject': 'An endpoint was disabled',
  'webhook-disabled.body':
    'Petra sends nothing more to one of your webhook endpoints: it answered that it wants no more messages, or nothing has got through for five days.',
  'webhook-disabled.advice': 'Once it works again, enable it and replay what it missed.',
  'alarm-raised.subject': 'Petra needs a look',
  'alarm-raised.body':
    'Work is over a minute late, or was given up: mail and messages may not go out, or the audit trail may not be sealed or watched.',
  'alarm-raised.advice':
    'What was given up is listed, and can be tried again; the rest stands in the log of the processes.',
  'watch-raised.subject': 'The audit trail needs a look',
  'watch-raised.many-pets-opened': 'An account has opened the records of more than 50 pets within an hour.',
  'watch-raised.emergency-access': 'A vet has opened the records of a pet in an emergency.',
  'watch-raised.new-country': 'An account was signed in to from a country that it was never signed in from before.',
  'watch-raised.refusals-in-a-row': 'An account was refused at least 20 times in a row.',
  'watch-raised.advice':
    'The audit trail shows what else it has done. If that is not as it should be, disable the account. The same of the same account is told once an hour at the most.',
} as const
