export const frDetails: Readonly<Record<string, string>> = {
  'A {} is for a vet to add.': 'Seul un vétérinaire peut ajouter une entrée de type {1}.',
  'A file may have {} MiB at the most.': 'Un fichier peut avoir au plus {1} Mio.',
  'A local time says nothing without a location.': 'Une heure locale ne veut rien dire sans lieu.',
  'A merge patch goes with PATCH.': 'Un « merge patch » s’envoie avec PATCH.',
  'A pet with this microchip is known already.': 'Un animal avec cette puce est déjà connu.',
  'A provider keeps their account.': 'Un praticien garde son compte.',
  'A transfer of this pet is open.': 'Un transfert de cet animal est en cours.',
  'A vet has to verify what an owner reported first.':
    'Un vétérinaire doit d’abord vérifier ce qu’un propriétaire a signalé.',
  'A vet has verified this record; make an entry of its own for the document.':
    'Un vétérinaire a vérifié cette entrée ; créez une entrée à part pour le document.',
  'A visit note is signed by who wrote it.': 'Une note de visite est signée par son auteur.',
  'An account makes at most {} offers in 24 hours.': 'Un compte fait au plus {1} offres en 24 heures.',
  'An account with this e-mail address is known already.': 'Un compte avec cette adresse e-mail est déjà connu.',
  'An export is being made already.': 'Un export est déjà en préparation.',
  'Another account has this e-mail address.': 'Un autre compte a cette adresse e-mail.',
  'At most {} offers of a pet are open.': 'Au plus {1} offres peuvent être ouvertes pour un animal.',
  'At most {} requests a minute; try again in {} seconds.': 'Au plus {1} requêtes par minute ; réessayez dans {2} s.',
  'Files cannot be checked for what is harmful right now.':
    'Les fichiers ne peuvent pas être contrôlés pour le moment.',
  'Files cannot be reached right now.': 'Les fichiers ne sont pas accessibles pour le moment.',
  'Give another owner the right to manage first, or transfer the pet.':
    'Donnez d’abord à un autre propriétaire le droit de gérer, ou transférez l’animal.',
  'It was written more than 24 hours ago. Add to it instead.':
    'Elle a été écrite il y a plus de 24 heures. Ajoutez plutôt un complément.',
  'JSON is UTF-8 here.': 'Ici, le JSON est en UTF-8.',
  'A body comes as it is, without a Content-Encoding.': 'Le contenu est envoyé tel quel, sans Content-Encoding.',
  'No such path.': 'Ce chemin n’existe pas.',
  'Nobody else could run the company: make another account an admin first.':
    'Personne d’autre ne pourrait diriger l’entreprise : nommez d’abord un autre administrateur.',
  'Nothing was sealed for this pet, or it is destroyed already.':
    'Rien n’a été chiffré pour cet animal, ou tout est déjà détruit.',
  'Only a medication is refilled.': 'Seul un médicament se renouvelle.',
  'Only a visit note is added to.': 'On ne complète qu’une note de visite.',
  'Only a visit note, or an addendum to one, is signed.':
    'On ne signe qu’une note de visite ou un complément à celle-ci.',
  'Only front desk and admins override.': 'Seuls l’accueil et les administrateurs peuvent passer outre.',
  'Only staff add pets for others.': 'Seul le personnel ajoute des animaux pour d’autres.',
  'Only staff look through pets that are not their own.': 'Seul le personnel parcourt les animaux des autres.',
  'Only the owners of a pet see who looked at it.': 'Seuls les propriétaires d’un animal voient qui l’a consulté.',
  'Owners add to the entries that they made themselves.':
    'Les propriétaires complètent les entrées qu’ils ont faites eux-mêmes.',
  'Owners amend the entries that they made themselves.':
    'Les propriétaires modifient les entrées qu’ils ont faites eux-mêmes.',
  'Owners retract the entries that they made themselves.':
    'Les propriétaires retirent les entrées qu’ils ont faites eux-mêmes.',
  'Read the resource again, then repeat the change with its new ETag.':
    'Relisez la ressource, puis répétez la modification avec son nouvel ETag.',
  "Service, time, provider and location must be the hold's, or be left out.":
    'Prestation, horaire, praticien et lieu doivent être ceux de la réservation provisoire, ou être omis.',
  'Sign in to search for a pet.': 'Connectez-vous pour chercher pour un animal.',
  'Something harmful was found in the file.': 'Quelque chose de nuisible a été trouvé dans le fichier.',
  'The Authorization field must carry a bearer token.': 'Le champ Authorization doit contenir un « bearer token ».',
  'The Idempotency-Key is malformed.': 'L’Idempotency-Key est mal formée.',
  'The access token is not valid, or no longer.': 'Le jeton d’accès n’est pas valable, ou ne l’est plus.',
  'The audit trail cannot be written, so nothing is done.':
    'Le journal d’audit ne peut pas être écrit ; rien n’est donc fait.',
  'The audit trail cannot be written, so nothing is shown.':
    'Le journal d’audit ne peut pas être écrit ; rien n’est donc montré.',
  'The body broke off.': 'Le corps s’est interrompu.',
  'The body is not JSON that Petra accepts.': 'Le corps n’est pas un JSON que Petra accepte.',
  'The body is not UTF-8.': 'Le corps n’est pas en UTF-8.',
  'The body is not a form with a file that can be read.': 'Le corps n’est pas un formulaire avec un fichier lisible.',
  'The body nests deeper than {} levels.': 'Le corps compte plus de {1} niveaux.',
  'The clock in {} never shows {}.': 'L’horloge de {1} n’affiche jamais {2}.',
  'The clock in {} shows {} twice; send it with its UTC offset.':
    'L’horloge de {1} affiche {2} deux fois ; indiquez le décalage par rapport à UTC.',
  'The content of this pet was destroyed; nothing can be added to it.':
    'Le contenu de cet animal a été détruit ; rien ne peut y être ajouté.',
  'The content of this subject was destroyed; nothing can be added to it.':
    'Ce contenu a été détruit ; rien ne peut y être ajouté.',
  'The database cannot be reached right now.': 'La base de données n’est pas accessible pour le moment.',
  'The file has {} bytes.': 'Le fichier compte {1} octets.',
  'The file is damaged, cut short, or not a photo alone.':
    'Le fichier est endommagé, tronqué, ou n’est pas une simple photo.',
  'The file is none of the types that a document may be.':
    'Le fichier n’est d’aucun des types permis pour un document.',
  'The file is not of the type that it is sent as.': 'Le fichier n’est pas du type annoncé.',
  'The first request with this Idempotency-Key has not ended yet.':
    'La première requête avec cette Idempotency-Key n’est pas terminée.',
  'The keys cannot be reached right now.': 'Les clés ne sont pas accessibles pour le moment.',
  'The photo has more pixels than Petra takes; send a smaller one.':
    'La photo a plus de pixels que Petra n’en accepte ; envoyez-en une plus petite.',
  'There is no such pet, or it is not archived.': 'Cet animal n’existe pas, ou n’est pas archivé.',
  'This Idempotency-Key belongs to a request with another path or body.':
    'Cette Idempotency-Key appartient à une requête avec un autre chemin ou un autre corps.',
  'This account cannot be claimed: it is {}.': 'Ce compte ne peut pas être revendiqué : il est dans l’état {1}.',
  'This account has no e-mail address to send an invitation to.':
    'Ce compte n’a pas d’adresse e-mail où envoyer une invitation.',
  'This address has an open invitation to this pet.': 'Cette adresse a déjà une invitation en cours pour cet animal.',
  'This is for the staff.': 'Ceci est réservé au personnel.',
  'This medication has ended.': 'Ce médicament est terminé.',
  'Nothing is dispensed for a pet that has died.': 'On ne délivre plus rien pour un animal décédé.',
  'This operation takes no body.': 'Cette opération ne prend pas de corps.',
  'This path takes {}.': 'Ce chemin accepte {1}.',
  'This pet is not under your care; in an emergency, ask for access first.':
    'Cet animal n’est pas suivi par vous ; en cas d’urgence, demandez d’abord l’accès.',
  'This process is shutting down.': 'Ce processus est en train de s’arrêter.',
  'This provider does not work at just one location; name it.':
    'Ce praticien ne travaille pas en un seul lieu ; précisez-le.',
  "This provider's locations do not keep one clock; name one of them.":
    'Les lieux de ce praticien n’ont pas la même heure ; précisez-en un.',
  'This record has 50 documents, and takes no more.': 'Cette entrée a 50 documents et n’en accepte pas plus.',
  'This record is clinical; it needs no verification.':
    'Cette entrée est clinique ; elle n’a pas besoin de vérification.',
  'This record was entered in error.': 'Cette entrée a été faite par erreur.',
  'This record was entered in error; it is not amended any more.':
    'Cette entrée a été faite par erreur ; elle ne se modifie plus.',
  'This record was entered in error; it takes no documents.':
    'Cette entrée a été faite par erreur ; elle n’accepte pas de documents.',
  'This session has ended.': 'Cette session est terminée.',
  'This takes {}.': 'Ceci accepte {1}.',
  'This went to another address than that of your account.':
    'Ceci a été envoyé à une autre adresse que celle de votre compte.',
  'Too many photos are being sent right now; try again in a moment.':
    'Trop de photos sont envoyées en ce moment ; réessayez dans un instant.',
  'You are an owner of this pet already.': 'Vous êtes déjà propriétaire de cet animal.',
  'You may only read your own schedule.': 'Vous ne pouvez lire que votre propre emploi du temps.',
  'You may only take time off for yourself.': 'Vous ne pouvez poser des congés que pour vous-même.',
  'You may see this appointment, but not do this to it.': 'Vous pouvez voir ce rendez-vous, mais pas faire cela.',
  'You may see this pet, but not book for it.': 'Vous pouvez voir cet animal, mais pas réserver pour lui.',
  'You may see this pet, but not change it.': 'Vous pouvez voir cet animal, mais pas le modifier.',
  'You may see this pet, but not its records.': 'Vous pouvez voir cet animal, mais pas son dossier.',
  'You may see this pet, but not say who owns it.':
    'Vous pouvez voir cet animal, mais pas décider de ses propriétaires.',
  'You may see this pet, but not who owns it.': 'Vous pouvez voir cet animal, mais pas ses propriétaires.',
  'You may see this pet, but nothing of its records.': 'Vous pouvez voir cet animal, mais rien de son dossier.',
  'Your own account is for another admin to change.': 'Votre propre compte est modifié par un autre administrateur.',
  'Your account may not do this.': 'Votre compte ne peut pas faire cela.',
  'There is nothing here that you can see.': 'Il n’y a rien ici que vous puissiez voir.',
  'None of your roles may do this.': 'Aucun de vos rôles ne permet cela.',
  'No personal access token may do this; sign in.': 'Aucun jeton personnel ne permet cela ; connectez-vous.',
  'This needs the scope {}.': 'Cela demande la portée {1}.',
  'Too many tries; try again in {} seconds.': 'Trop d’essais ; réessayez dans {1} s.',
  'Another visit has this time.': 'Une autre visite occupe cet horaire.',
  'The pet has another visit at this time.': 'L’animal a une autre visite à cet horaire.',
  'This time cannot be booked: {}.': 'Cet horaire ne peut pas être réservé : {1}.',
  'The appointment is {}; {} is not possible from there.':
    'Le rendez-vous est dans l’état {1} ; {2} n’est pas possible à partir de là.',
  'Book or release one of your three holds first.': 'Réservez ou libérez d’abord l’un de vos trois horaires retenus.',
  'Another service has this slug.': 'Une autre prestation a cet identifiant.',
  'Providers of another role perform this service; take it off them first.':
    'Des praticiens d’un autre rôle assurent cette prestation ; retirez-la-leur d’abord.',
  'Two durations are for the same weight of a species.': 'Deux durées valent pour le même poids d’une espèce.',
  'This account is a provider already.': 'Ce compte est déjà celui d’un praticien.',
  'A resource with this name is at this location already.': 'Une ressource de ce nom existe déjà dans ce lieu.',
  'Too many people are signing in right now; try again in a moment.':
    'Trop de personnes se connectent en ce moment ; réessayez dans un instant.',
  'These appointments would be orphaned; move or cancel them, or say in `appointments` what becomes of them.':
    'Ces rendez-vous se retrouveraient sans suite ; déplacez-les ou annulez-les, ou dites dans `appointments` ce qu’ils deviennent.',
  'This hold is over. The time may still be free: book it without the hold.':
    'Cette réservation provisoire est terminée. L’horaire est peut-être encore libre : réservez-le sans elle.',
  'No visits are booked for a pet that has died.': 'On ne réserve pas de visite pour un animal décédé.',
  'is required': 'est obligatoire',
  'is not a field of this request': 'n’est pas un champ de cette requête',
  'must be one of {}': 'doit être l’un de : {1}',
  'must be text that is not blank, without NUL characters or lone surrogates':
    'doit être un texte non vide, sans caractère NUL ni demi-zone isolée',
  'must be a local date-time like 2027-03-15T09:00': 'doit être une date et heure locale comme 2027-03-15T09:00',
  'must be an instant like 2027-03-15T09:00:00-04:00 or a local date-time like 2027-03-15T09:00':
    'doit être un instant comme 2027-03-15T09:00:00-04:00 ou une date et heure locale comme 2027-03-15T09:00',
  'must be an IANA time zone like America/New_York': 'doit être un fuseau horaire IANA comme America/New_York',
  'must be a wall-clock time from 00:00 to 24:00': 'doit être une heure de 00:00 à 24:00',
  'must be an ISO 11784 microchip number of 15 digits': 'doit être un numéro de puce ISO 11784 à 15 chiffres',
  'must be a UUID': 'doit être un UUID',
  'must be a date like 2027-03-15, from 1900 to 2999': 'doit être une date comme 2027-03-15, de 1900 à 2999',
  'must be an RFC 3339 instant like 2027-03-15T13:00:00Z': 'doit être un instant RFC 3339 comme 2027-03-15T13:00:00Z',
  'must be an e-mail address': 'doit être une adresse e-mail',
  'must be a valid {}': 'doit être une valeur valable de {1}',
  'must NOT have fewer than {} characters': 'doit compter au moins {1} caractères',
  'must NOT have more than {} characters': 'doit compter au plus {1} caractères',
  'must NOT have fewer than {} items': 'doit compter au moins {1} éléments',
  'must NOT have more than {} items': 'doit compter au plus {1} éléments',
  'must NOT have fewer than {} properties': 'doit compter au moins {1} champs',
  'must NOT have duplicate items (items ## {} and {} are identical)':
    'ne doit pas contenir de doublons (les éléments {1} et {2} sont identiques)',
  'must be >= {}': 'doit être >= {1}',
  'must be <= {}': 'doit être <= {1}',
  'must be > {}': 'doit être > {1}',
  'must match pattern "{}"': 'doit suivre le motif « {1} »',
  'must match exactly one schema in oneOf': 'doit correspondre à exactement un des schémas',
  'must match a schema in anyOf': 'doit correspondre à l’un des schémas',
  '{} is not for your roles': '{1} n’est pas pour vos rôles',
  'asks for a {}, the first one for a {}': 'demande le rôle {1}, le premier demande {2}',
  'asks for a {}, which this account is not': 'demande le rôle {1}, que ce compte n’a pas',
  'is named twice': 'est nommé deux fois',
  'is needed for quiet hours': 'est nécessaire pour les heures de silence',
  'is neither a veterinarian nor a groomer': 'n’est ni vétérinaire ni toiletteur',
  'is no account': 'n’est pas un compte',
  'is no location of this provider': 'n’est pas un lieu de ce praticien',
  'is no location': 'n’est pas un lieu',
  'is no service': 'n’est pas une prestation',
  'is not a cursor of this list': 'n’est pas un curseur de cette liste',
  'is not a time zone the calendar knows': 'n’est pas un fuseau horaire que le calendrier connaît',
  'is not one of the services, or is named twice': 'n’est pas l’une des prestations, ou est nommé deux fois',
  'is not taken by this operation': 'n’est pas accepté par cette opération',
  'is not the current password': 'n’est pas le mot de passe actuel',
  'is one of the most common passwords': 'est l’un des mots de passe les plus courants',
  'must be 1 to 255 visible ASCII characters': 'doit compter de 1 à 255 caractères ASCII visibles',
  'must be left out': 'doit être omis',
  'must be more than fromGrams': 'doit être supérieur à fromGrams',
  'must come after `from`': 'doit venir après `from`',
  'must differ from `from`': 'doit être différent de `from`',
  'must have a name of at most {} characters': 'doit avoir un nom de {1} caractères au plus',
  'must have one part, the file': 'doit avoir une seule partie, le fichier',
  'must not be before birthDate': 'ne doit pas précéder birthDate',
  'must not be in the future': 'ne doit pas être dans le futur',
  'must not be the name or the e-mail address': 'ne doit être ni le nom ni l’adresse e-mail',
  'names something that does not exist': 'nomme quelque chose qui n’existe pas',
  'is not valid': 'n’est pas valable',
  'must be {}': 'doit être de type {1}',
}
