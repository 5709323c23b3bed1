import type { account as source } from '../en/account.ts'
import type { Translation } from '../translation.ts'

export const account: Translation<typeof source> = {
  'email-verification.subject': 'Confirme su dirección de correo electrónico',
  'email-verification.body':
    'Confirme, por favor, que esta dirección es suya: abra el enlace o escriba el código donde Petra lo pida. Cualquiera de los dos sirve una sola vez, durante 10 minutos.',
  'email-verification.link': 'Confirmar mi dirección',
  'email-change-link.subject': 'Confirme su nueva dirección de correo electrónico',
  'email-change-link.body':
    'Esta dirección se ha indicado para una cuenta de Petra. Abra el enlace para usarla a partir de ahora; sirve una sola vez, durante 30 minutos.',
  'email-change-link.link': 'Usar esta dirección',
  'challenge.ignore': 'Si no lo ha solicitado, no tiene que hacer nada.',
  'password-reset.subject': 'Elija una nueva contraseña',
  'password-reset.body':
    'Alguien, esperamos que usted, ha pedido una nueva contraseña. Abra el enlace o escriba el código donde Petra lo pida. Cualquiera de los dos sirve una sola vez, durante 10 minutos.',
  'password-reset.ignore': 'Si no ha sido usted, no tiene que hacer nada: su contraseña sigue siendo la misma.',
  'password-reset.link': 'Elegir una nueva contraseña',
  'password-changed.subject': 'Su contraseña ha cambiado',
  'password-changed.body':
    'La contraseña de su cuenta ha cambiado y se ha cerrado la sesión en los demás dispositivos.',
  'password-changed.advice': 'Si no ha sido usted, pida enseguida una nueva contraseña y avísenos.',
  'registration-attempted.subject': 'Usted ya tiene una cuenta',
  'registration-attempted.body':
    'Alguien ha intentado abrir una cuenta con esta dirección. Usted ya tiene una y nada ha cambiado en ella.',
  'registration-attempted.advice':
    'Si ha sido usted, inicie sesión o pida una nueva contraseña. Si no, no tiene que hacer nada.',
  'email-changed.subject': 'Su dirección de correo electrónico ha cambiado',
  'email-changed.left':
    'Su cuenta tiene ahora otra dirección de correo electrónico; esta ya no recibirá mensajes sobre ella.',
  'email-changed.taken': 'Esta es ahora la dirección de su cuenta: utilícela para iniciar sesión a partir de ahora.',
  'email-changed.advice': 'Si no ha sido usted, avísenos enseguida.',
  'account-invitation.subject': 'Su cuenta le está esperando',
  'account-invitation.body': 'Hemos abierto una cuenta para usted. Elija una contraseña y será suya.',
  'account-invitation.note':
    'El enlace sirve una sola vez. Si no sabe por qué recibe este mensaje, no tiene que hacer nada.',
  'account-invitation.link': 'Elegir una contraseña',
  'account-invitation.footer': 'Este enlace es solo para usted: le rogamos que no lo comparta.',
  'export-ready.subject': 'Sus datos están listos',
  'export-ready.body': 'Nos ha pedido todo lo que guardamos sobre usted. Inicie sesión para descargarlo.',
  'export-ready.link': 'Descargar sus datos',
  'export-ready.footer':
    'Si no lo ha pedido, es posible que otra persona haya iniciado sesión con su cuenta: cambie su contraseña.',
  'erasure-requested.subject': 'Su cuenta se va a eliminar',
  'erasure-requested.body':
    'Nos ha pedido que eliminemos su cuenta. Hasta entonces todo sigue igual y puede conservarla: inicie sesión y retire la solicitud.',
  'erasure-requested.warning':
    'Después no se podrá deshacer. Las mascotas que nadie más gestiona se archivan y sus visitas se cancelan: si otra persona cuida de ellas, transfiéralas antes.',
  'erasure-requested.link': 'Iniciar sesión para conservar su cuenta',
  'erasure-requested.footer': 'Si no lo ha pedido, inicie sesión, retire la solicitud y cambie su contraseña.',
  'new-sign-in.subject': 'Se ha iniciado sesión en un dispositivo nuevo',
  'new-sign-in.body': 'Se ha iniciado sesión en su cuenta en un dispositivo que no conocíamos.',
  'new-sign-in.advice':
    'Si ha sido usted, no tiene que hacer nada. Si no, cambie su contraseña: así se cierra la sesión en ese dispositivo.',
  'new-sign-in.unknown-device': 'desconocido',
  'token-created.subject': 'Se ha creado una clave de acceso para su cuenta',
  'token-created.body':
    'Un programa que tenga la clave puede hacer en su nombre lo que ella permita. En su cuenta puede ver sus claves y revocarlas.',
  'token-created.advice': 'Si no ha sido usted, revoque la clave, cambie su contraseña y avísenos.',
  'session-replayed.subject': 'Hemos cerrado la sesión en un dispositivo',
  'session-replayed.body':
    'Hemos cerrado la sesión en uno de sus dispositivos porque se usaba desde dos lugares. Puede ser inofensivo, o puede significar que alguien la ha copiado.',
  'session-replayed.advice': 'Inicie sesión de nuevo, por favor. Si algo le parece extraño, cambie su contraseña.',
}
