/** For admins, about how Petra itself fares. */
export const operations = {
  'footer.operations': 'You get this because you are an admin.',
  'webhook-disabled.subject': 'An endpoint was disabled',
  'webhook-disabled.body':
    'Petra sends nothing more to one of your webhook endpoints: it answered that it wants no more messages, or nothing has got through for five days.',
  'webhook-disabled.advice': 'Once it works again, enable it and replay what it missed.',
  'alarm-raised.subject': 'Petra needs a look',
  'alarm-raised.body': 'Work is over a minute late, or was given up: mail and messages may not go out.',
  'alarm-raised.advice':
    'What was given up is listed, and can be tried again; the rest stands in the log of the processes.',
} as const
