export const deDetails: Readonly<Record<string, string>> = {
  'A {} is for a vet to add.': 'Einen Eintrag der Art {1} fügt nur die Tierarztpraxis hinzu.',
  'A file may have {} MiB at the most.': 'Eine Datei darf höchstens {1} MiB haben.',
  'A local time says nothing without a location.': 'Eine Ortszeit sagt ohne Standort nichts.',
  'A merge patch goes with PATCH.': 'Ein Merge Patch gehört zu PATCH.',
  'A pet with this microchip is known already.': 'Ein Tier mit diesem Mikrochip ist bereits bekannt.',
  'A provider keeps their account.': 'Wer Leistungen erbringt, behält sein Konto.',
  'A transfer of this pet is open.': 'Eine Übergabe dieses Tieres ist offen.',
  'A vet has to verify what an owner reported first.':
    'Was ein Halter gemeldet hat, muss zuerst tierärztlich bestätigt werden.',
  'A vet has verified this record; make an entry of its own for the document.':
    'Dieser Eintrag ist tierärztlich bestätigt; legen Sie für das Dokument einen eigenen an.',
  'A visit note is signed by who wrote it.': 'Eine Besuchsnotiz unterschreibt, wer sie geschrieben hat.',
  'An account makes at most {} offers in 24 hours.': 'Ein Konto macht höchstens {1} Angebote in 24 Stunden.',
  'An account with this e-mail address is known already.': 'Ein Konto mit dieser E-Mail-Adresse ist bereits bekannt.',
  'An export is being made already.': 'Ein Export wird bereits erstellt.',
  'Another account has this e-mail address.': 'Ein anderes Konto hat diese E-Mail-Adresse.',
  'At most {} offers of a pet are open.': 'Höchstens {1} Angebote zu einem Tier sind offen.',
  'At most {} requests a minute; try again in {} seconds.':
    'Höchstens {1} Anfragen pro Minute; versuchen Sie es in {2} s wieder.',
  'Files cannot be checked for what is harmful right now.':
    'Dateien können gerade nicht auf Schädliches geprüft werden.',
  'Files cannot be reached right now.': 'Dateien sind gerade nicht erreichbar.',
  'Give another owner the right to manage first, or transfer the pet.':
    'Geben Sie zuerst einem anderen Halter das Recht zu verwalten, oder übergeben Sie das Tier.',
  'It was written more than 24 hours ago. Add to it instead.':
    'Sie ist über 24 Stunden alt. Ergänzen Sie sie stattdessen.',
  'JSON is UTF-8 here.': 'JSON ist hier UTF-8.',
  'A body comes as it is, without a Content-Encoding.': 'Der Inhalt kommt, wie er ist, ohne Content-Encoding.',
  'No such path.': 'Diesen Pfad gibt es nicht.',
  'Nobody else could run the company: make another account an admin first.':
    'Niemand sonst könnte das Unternehmen führen: Machen Sie zuerst ein anderes Konto zum Admin.',
  'Nothing was sealed for this pet, or it is destroyed already.':
    'Für dieses Tier wurde nichts versiegelt, oder es ist bereits vernichtet.',
  'Only a medication is refilled.': 'Nur ein Medikament wird nachverordnet.',
  'Only a visit note is added to.': 'Nur eine Besuchsnotiz wird ergänzt.',
  'Only a visit note, or an addendum to one, is signed.':
    'Nur eine Besuchsnotiz oder eine Ergänzung dazu wird unterschrieben.',
  'Only front desk and admins override.': 'Nur Empfang und Admins machen Ausnahmen.',
  'Only staff add pets for others.': 'Nur das Personal legt Tiere für andere an.',
  'Only staff look through pets that are not their own.':
    'Nur das Personal sieht Tiere durch, die nicht die eigenen sind.',
  'Only the owners of a pet see who looked at it.': 'Nur die Halter eines Tieres sehen, wer es angesehen hat.',
  'Owners add to the entries that they made themselves.': 'Halter ergänzen die Einträge, die sie selbst gemacht haben.',
  'Owners amend the entries that they made themselves.': 'Halter ändern die Einträge, die sie selbst gemacht haben.',
  'Owners retract the entries that they made themselves.':
    'Halter ziehen die Einträge zurück, die sie selbst gemacht haben.',
  'Read the resource again, then repeat the change with its new ETag.':
    'Lesen Sie die Ressource neu, und wiederholen Sie die Änderung mit ihrem neuen ETag.',
  "Service, time, provider and location must be the hold's, or be left out.":
    'Leistung, Zeit, Person und Standort müssen die der Reservierung sein oder wegbleiben.',
  'Sign in to search for a pet.': 'Melden Sie sich an, um für ein Tier zu suchen.',
  'Something harmful was found in the file.': 'In der Datei wurde etwas Schädliches gefunden.',
  'The Authorization field must carry a bearer token.': 'Das Feld Authorization muss ein Bearer-Token enthalten.',
  'The Idempotency-Key is malformed.': 'Der Idempotency-Key ist falsch aufgebaut.',
  'The access token is not valid, or no longer.': 'Das Zugriffstoken ist nicht gültig, oder nicht mehr.',
  'The audit trail cannot be written, so nothing is done.':
    'Das Protokoll kann nicht geschrieben werden, deshalb geschieht nichts.',
  'The audit trail cannot be written, so nothing is shown.':
    'Das Protokoll kann nicht geschrieben werden, deshalb wird nichts gezeigt.',
  'The body broke off.': 'Der Inhalt brach ab.',
  'The body is not JSON that Petra accepts.': 'Der Inhalt ist kein JSON, das Petra annimmt.',
  'The body is not UTF-8.': 'Der Inhalt ist nicht UTF-8.',
  'The body is not a form with a file that can be read.': 'Der Inhalt ist kein Formular mit einer lesbaren Datei.',
  'The body nests deeper than {} levels.': 'Der Inhalt ist tiefer als {1} Ebenen verschachtelt.',
  'The clock in {} never shows {}.': 'Die Uhr in {1} zeigt {2} nie.',
  'The clock in {} shows {} twice; send it with its UTC offset.':
    'Die Uhr in {1} zeigt {2} zweimal; senden Sie die Zeit mit ihrem Abstand zu UTC.',
  'The content of this pet was destroyed; nothing can be added to it.':
    'Der Inhalt zu diesem Tier wurde vernichtet; es kann nichts hinzukommen.',
  'The content of this subject was destroyed; nothing can be added to it.':
    'Dieser Inhalt wurde vernichtet; es kann nichts hinzukommen.',
  'The database cannot be reached right now.': 'Die Datenbank ist gerade nicht erreichbar.',
  'The file has {} bytes.': 'Die Datei hat {1} Bytes.',
  'The file is damaged, cut short, or not a photo alone.':
    'Die Datei ist beschädigt, abgeschnitten oder nicht nur ein Foto.',
  'The file is none of the types that a document may be.':
    'Die Datei hat keine der Arten, die ein Dokument haben darf.',
  'The file is not of the type that it is sent as.': 'Die Datei ist nicht von der Art, als die sie gesendet wird.',
  'The first request with this Idempotency-Key has not ended yet.':
    'Die erste Anfrage mit diesem Idempotency-Key ist noch nicht zu Ende.',
  'The keys cannot be reached right now.': 'Die Schlüssel sind gerade nicht erreichbar.',
  'The photo has more pixels than Petra takes; send a smaller one.':
    'Das Foto hat mehr Pixel, als Petra annimmt; senden Sie ein kleineres.',
  'There is no such pet, or it is not archived.': 'Dieses Tier gibt es nicht, oder es ist nicht archiviert.',
  'This Idempotency-Key belongs to a request with another path or body.':
    'Dieser Idempotency-Key gehört zu einer Anfrage mit anderem Pfad oder Inhalt.',
  'This account cannot be claimed: it is {}.': 'Dieses Konto kann nicht übernommen werden: Sein Zustand ist {1}.',
  'This account has no e-mail address to send an invitation to.':
    'Dieses Konto hat keine E-Mail-Adresse für eine Einladung.',
  'This address has an open invitation to this pet.': 'Diese Adresse hat eine offene Einladung zu diesem Tier.',
  'This is for the staff.': 'Das ist dem Personal vorbehalten.',
  'This medication has ended.': 'Dieses Medikament ist abgesetzt.',
  'Nothing is dispensed for a pet that has died.': 'Für ein gestorbenes Tier wird nichts mehr abgegeben.',
  'This operation takes no body.': 'Diese Operation nimmt keinen Inhalt an.',
  'This path takes {}.': 'Dieser Pfad nimmt {1} an.',
  'This pet is not under your care; in an emergency, ask for access first.':
    'Dieses Tier ist nicht bei Ihnen in Behandlung; beantragen Sie im Notfall zuerst den Zugriff.',
  'This process is shutting down.': 'Dieser Prozess wird gerade beendet.',
  'This provider does not work at just one location; name it.':
    'Diese Person arbeitet nicht nur an einem Standort; nennen Sie ihn.',
  "This provider's locations do not keep one clock; name one of them.":
    'Die Standorte dieser Person haben verschiedene Uhrzeiten; nennen Sie einen.',
  'This record has 50 documents, and takes no more.': 'Dieser Eintrag hat 50 Dokumente und nimmt keine weiteren an.',
  'This record is clinical; it needs no verification.': 'Dieser Eintrag ist klinisch; er braucht keine Bestätigung.',
  'This record was entered in error.': 'Dieser Eintrag war ein Versehen.',
  'This record was entered in error; it is not amended any more.':
    'Dieser Eintrag war ein Versehen; er wird nicht mehr geändert.',
  'This record was entered in error; it takes no documents.':
    'Dieser Eintrag war ein Versehen; er nimmt keine Dokumente an.',
  'This session has ended.': 'Diese Sitzung ist beendet.',
  'This takes {}.': 'Hier wird {1} angenommen.',
  'This went to another address than that of your account.': 'Das ging an eine andere Adresse als die Ihres Kontos.',
  'Too many photos are being sent right now; try again in a moment.':
    'Gerade werden zu viele Fotos gesendet; versuchen Sie es gleich noch einmal.',
  'You are an owner of this pet already.': 'Sie sind bereits Halter dieses Tieres.',
  'You may only read your own schedule.': 'Sie dürfen nur Ihren eigenen Dienstplan lesen.',
  'You may only take time off for yourself.': 'Sie dürfen nur für sich selbst freinehmen.',
  'You may see this appointment, but not do this to it.': 'Sie dürfen diesen Termin sehen, aber das nicht mit ihm tun.',
  'You may see this pet, but not book for it.': 'Sie dürfen dieses Tier sehen, aber nicht für es buchen.',
  'You may see this pet, but not change it.': 'Sie dürfen dieses Tier sehen, aber nicht ändern.',
  'You may see this pet, but not its records.': 'Sie dürfen dieses Tier sehen, aber nicht seine Akte.',
  'You may see this pet, but not say who owns it.':
    'Sie dürfen dieses Tier sehen, aber nicht bestimmen, wem es gehört.',
  'You may see this pet, but not who owns it.': 'Sie dürfen dieses Tier sehen, aber nicht, wem es gehört.',
  'You may see this pet, but nothing of its records.': 'Sie dürfen dieses Tier sehen, aber nichts aus seiner Akte.',
  'Your own account is for another admin to change.': 'Ihr eigenes Konto ändert ein anderer Admin.',
  'Your account may not do this.': 'Ihr Konto darf das nicht.',
  'There is nothing here that you can see.': 'Hier gibt es nichts, das Sie sehen können.',
  'None of your roles may do this.': 'Keine Ihrer Rollen darf das.',
  'No personal access token may do this; sign in.': 'Kein persönliches Token darf das; melden Sie sich an.',
  'This needs the scope {}.': 'Das braucht die Berechtigung {1}.',
  'Too many tries; try again in {} seconds.': 'Zu viele Versuche; versuchen Sie es in {1} s wieder.',
  'Another visit has this time.': 'Ein anderer Termin hat diese Zeit.',
  'The pet has another visit at this time.': 'Das Tier hat zu dieser Zeit einen anderen Termin.',
  'This time cannot be booked: {}.': 'Diese Zeit kann nicht gebucht werden: {1}.',
  'The appointment is {}; {} is not possible from there.':
    'Der Zustand des Termins ist {1}; {2} ist von dort nicht möglich.',
  'Book or release one of your three holds first.': 'Buchen oder lösen Sie zuerst eine Ihrer drei Reservierungen.',
  'Another service has this slug.': 'Eine andere Leistung hat dieses Kürzel.',
  'Providers of another role perform this service; take it off them first.':
    'Personen mit anderer Rolle erbringen diese Leistung; nehmen Sie sie ihnen zuerst ab.',
  'Two durations are for the same weight of a species.': 'Zwei Dauern gelten für dasselbe Gewicht einer Tierart.',
  'This account is a provider already.': 'Dieses Konto gehört bereits zu jemandem, der Leistungen erbringt.',
  'A resource with this name is at this location already.':
    'Eine Ressource dieses Namens gibt es an diesem Standort bereits.',
  'Too many people are signing in right now; try again in a moment.':
    'Gerade melden sich zu viele Menschen an; versuchen Sie es gleich noch einmal.',
  'These appointments would be orphaned; move or cancel them, or say in `appointments` what becomes of them.':
    'Diese Termine würden in der Luft hängen; verschieben Sie sie, sagen Sie sie ab, oder geben Sie in `appointments` an, was aus ihnen wird.',
  'This hold is over. The time may still be free: book it without the hold.':
    'Diese Reservierung ist vorbei. Vielleicht ist die Zeit noch frei: Buchen Sie sie ohne die Reservierung.',
  'No visits are booked for a pet that has died.': 'Für ein gestorbenes Tier werden keine Termine gebucht.',
  'is required': 'muss angegeben werden',
  'is not a field of this request': 'ist kein Feld dieser Anfrage',
  'must be one of {}': 'muss eines davon sein: {1}',
  'must be text that is not blank, without NUL characters or lone surrogates':
    'muss ein Text sein, der nicht leer ist, ohne NUL-Zeichen und einzelne Surrogate',
  'must be a local date-time like 2027-03-15T09:00': 'muss eine Ortszeit wie 2027-03-15T09:00 sein',
  'must be an instant like 2027-03-15T09:00:00-04:00 or a local date-time like 2027-03-15T09:00':
    'muss ein Zeitpunkt wie 2027-03-15T09:00:00-04:00 oder eine Ortszeit wie 2027-03-15T09:00 sein',
  'must be an IANA time zone like America/New_York': 'muss eine IANA-Zeitzone wie America/New_York sein',
  'must be a wall-clock time from 00:00 to 24:00': 'muss eine Uhrzeit von 00:00 bis 24:00 sein',
  'must be an ISO 11784 microchip number of 15 digits': 'muss eine ISO-11784-Mikrochipnummer mit 15 Ziffern sein',
  'must be a UUID': 'muss eine UUID sein',
  'must be a date like 2027-03-15, from 1900 to 2999': 'muss ein Datum wie 2027-03-15 sein, von 1900 bis 2999',
  'must be an RFC 3339 instant like 2027-03-15T13:00:00Z': 'muss ein RFC-3339-Zeitpunkt wie 2027-03-15T13:00:00Z sein',
  'must be an e-mail address': 'muss eine E-Mail-Adresse sein',
  'must be a valid {}': 'muss ein gültiger Wert für {1} sein',
  'must NOT have fewer than {} characters': 'muss mindestens {1} Zeichen haben',
  'must NOT have more than {} characters': 'darf höchstens {1} Zeichen haben',
  'must NOT have fewer than {} items': 'muss mindestens {1} Elemente haben',
  'must NOT have more than {} items': 'darf höchstens {1} Elemente haben',
  'must NOT have fewer than {} properties': 'muss mindestens {1} Felder haben',
  'must NOT have duplicate items (items ## {} and {} are identical)':
    'darf nichts doppelt enthalten (die Elemente {1} und {2} sind gleich)',
  'must be >= {}': 'muss >= {1} sein',
  'must be <= {}': 'muss <= {1} sein',
  'must be > {}': 'muss > {1} sein',
  'must match pattern "{}"': 'muss dem Muster „{1}“ folgen',
  'must match exactly one schema in oneOf': 'muss zu genau einem der Schemas passen',
  'must match a schema in anyOf': 'muss zu einem der Schemas passen',
  '{} is not for your roles': '{1} ist nicht für Ihre Rollen',
  'asks for a {}, the first one for a {}': 'verlangt die Rolle {1}, das erste {2}',
  'asks for a {}, which this account is not': 'verlangt die Rolle {1}, die dieses Konto nicht hat',
  'is named twice': 'ist zweimal genannt',
  'is needed for quiet hours': 'wird für Ruhezeiten gebraucht',
  'is neither a veterinarian nor a groomer': 'ist weder Tierarzt noch Hundefriseur',
  'is no account': 'ist kein Konto',
  'is no location of this provider': 'ist kein Standort dieser Person',
  'is no location': 'ist kein Standort',
  'is no service': 'ist keine Leistung',
  'is not a cursor of this list': 'ist kein Cursor dieser Liste',
  'is not a time zone the calendar knows': 'ist keine Zeitzone, die der Kalender kennt',
  'is not one of the services, or is named twice': 'ist keine der Leistungen, oder zweimal genannt',
  'is not taken by this operation': 'wird von dieser Operation nicht angenommen',
  'is not the current password': 'ist nicht das jetzige Passwort',
  'is one of the most common passwords': 'ist eines der häufigsten Passwörter',
  'must be 1 to 255 visible ASCII characters': 'muss 1 bis 255 sichtbare ASCII-Zeichen haben',
  'must be left out': 'muss wegbleiben',
  'must be more than fromGrams': 'muss größer als fromGrams sein',
  'must come after `from`': 'muss nach `from` kommen',
  'must differ from `from`': 'muss sich von `from` unterscheiden',
  'must have a name of at most {} characters': 'muss einen Namen mit höchstens {1} Zeichen haben',
  'must have one part, the file': 'muss einen Teil haben, die Datei',
  'must not be before birthDate': 'darf nicht vor birthDate liegen',
  'must not be in the future': 'darf nicht in der Zukunft liegen',
  'must not be the name or the e-mail address': 'darf nicht der Name oder die E-Mail-Adresse sein',
  'names something that does not exist': 'nennt etwas, das es nicht gibt',
  'is not valid': 'ist nicht gültig',
  'must be {}': 'muss vom Typ {1} sein',
}
