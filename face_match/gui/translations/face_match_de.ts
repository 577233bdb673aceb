<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Face Match</name>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server is backed up by the server's administrators, and by “export”, whose archive “import-archive” brings back.</source>
        <translation>Eine Galerie auf einem Server sichern dessen Verwalter und „export“, dessen Archiv „import-archive“ zurückbringt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server stays in its database; “export” and “import-archive” move it to a folder.</source>
        <translation>Eine Galerie auf einem Server bleibt in dessen Datenbank; „export“ und „import-archive“ bringen sie in einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server has no passphrase: the server's administrators encrypt its disks, and the address asks for encrypted connections with sslmode=verify-full.</source>
        <translation>Eine Galerie auf einem Server hat keine Passphrase: Die Verwalter des Servers verschlüsseln dessen Datenträger, und die Adresse verlangt mit sslmode=verify-full verschlüsselte Verbindungen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it is too long</source>
        <translation>sie ist zu lang</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it does not begin with postgresql://</source>
        <translation>sie beginnt nicht mit postgresql://</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it is not in the form of an address</source>
        <translation>sie hat nicht die Form einer Adresse</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>its port is not a number from 1 to 65535</source>
        <translation>ihr Port ist keine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it names no database</source>
        <translation>sie nennt keine Datenbank</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it has an option that is not allowed</source>
        <translation>sie enthält eine Angabe, die nicht erlaubt ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its sslmode does not exist</source>
        <translation>ihr sslmode gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>a name in it is longer than 63 bytes</source>
        <translation>ein Name darin ist länger als 63 Byte</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its schema belongs to PostgreSQL</source>
        <translation>ihr Schema gehört PostgreSQL</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its folder of crops is not given from the root on</source>
        <translation>ihr Ordner für Ausschnitte ist nicht von der Wurzel an angegeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it has characters that cannot be in an address</source>
        <translation>sie enthält Zeichen, die in keiner Adresse stehen können</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/byte_source.py"/>
        <source>it is damaged</source>
        <translation>sie ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>too large for this machine's memory</source>
        <translation>zu groß für den Arbeitsspeicher dieses Computers</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>an unsupported kind of JPEG</source>
        <translation>eine nicht unterstützte Art von JPEG</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>an unsupported kind of TIFF</source>
        <translation>eine nicht unterstützte Art von TIFF</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>damaged, or an unsupported kind of HEIF</source>
        <translation>beschädigt, oder eine nicht unterstützte Art von HEIF</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>not an image</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_image.py"/>
        <source>its decoder could not be started</source>
        <translation>sein Decoder konnte nicht gestartet werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_image.py"/>
        <source>its decoder ended unexpectedly</source>
        <translation>sein Decoder wurde unerwartet beendet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts are combined in a way that photos do not use</source>
        <translation>seine Teile sind so zusammengesetzt, wie es in Fotos nicht vorkommt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts do not have the sizes that it states</source>
        <translation>seine Teile haben nicht die Größen, die es angibt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts share too much data</source>
        <translation>seine Teile haben zu viele Daten gemeinsam</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>it states more than one rotation, mirroring or crop for a part</source>
        <translation>es gibt für einen Teil mehrere Drehungen, Spiegelungen oder Zuschnitte an</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/jpeg_segments.py"/>
        <source>it has too many segments</source>
        <translation>sie hat zu viele Segmente</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a RAW file</source>
        <translation>eine RAW-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>an SVG drawing</source>
        <translation>eine SVG-Zeichnung</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a RAW photo: install the package rawpy to read its preview</source>
        <translation>ein RAW-Foto: zum Lesen der Vorschau das Paket rawpy installieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a RAW photo without a preview</source>
        <translation>ein RAW-Foto ohne Vorschau</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a damaged or unknown kind of RAW photo</source>
        <translation>ein RAW-Foto, das beschädigt oder von unbekannter Art ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/webp_chunks.py"/>
        <source>it has too many chunks</source>
        <translation>sie hat zu viele Blöcke</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is not a readable image ({reason}).</source>
        <translation>{name} ist kein lesbares Bild ({reason}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The folder {name} cannot be read ({reason}). Its photos were skipped.</source>
        <translation>Der Ordner {name} ist nicht lesbar ({reason}). Seine Fotos wurden übersprungen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is the same photo as {first}, and was counted once.</source>
        <translation>{name} ist dasselbe Foto wie {first} und wurde einmal gezählt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be rewritten ({reason}). The photo is as it was.</source>
        <translation>{name} konnte nicht neu geschrieben werden ({reason}). Das Foto ist, wie es war.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} was not rewritten ({reason}). Its names are in its XMP sidecar.</source>
        <translation>{name} wurde nicht neu geschrieben ({reason}). Die Namen stehen in der XMP-Begleitdatei.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be written ({reason}). Data saved before is not affected.</source>
        <translation>{name} konnte nicht geschrieben werden ({reason}). Zuvor gespeicherte Daten sind nicht betroffen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The XMP inside {name} cannot be read ({reason}). The photo was not changed.</source>
        <translation>Das XMP in {name} ist nicht lesbar ({reason}). Das Foto wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is not a readable XMP sidecar ({reason}). It was not changed.</source>
        <translation>{name} ist keine lesbare XMP-Begleitdatei ({reason}). Sie wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The names in {name} cannot be read ({reason}). The file was not changed.</source>
        <translation>Die Namen in {name} können nicht gelesen werden ({reason}). Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} {reason}.</source>
        <translation>{name} {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no person called “{name}” in the gallery.</source>
        <translation>In der Galerie gibt es niemanden mit dem Namen „{name}“.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no face {face_id} in the gallery. “show NAME” lists the faces of a person.</source>
        <translation>In der Galerie gibt es kein Gesicht {face_id}. „show NAME“ listet die Gesichter einer Person auf.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The face {face_id} has no name.</source>
        <translation>Das Gesicht {face_id} hat keinen Namen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no open conflict {conflict_id}. “conflicts” lists them.</source>
        <translation>Es gibt keinen offenen Konflikt {conflict_id}. „conflicts“ listet sie auf.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{name}” cannot be a name: {reason}.</source>
        <translation>„{name}“ kann kein Name sein: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{text}” is not a birth date. Enter a year, a month or a day in the past: 2014, 2014-05 or 2014-05-17.</source>
        <translation>„{text}“ ist kein Geburtsdatum. Ein Jahr, einen Monat oder einen Tag in der Vergangenheit eingeben: 2014, 2014-05 oder 2014-05-17.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This face is already {person}.</source>
        <translation>Dieses Gesicht ist schon als {person} benannt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This face is {person}. Use “add --replace” to give it another name.</source>
        <translation>Dieses Gesicht ist {person}. „add --replace“ gibt ihm einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Another person is called {name}. “merge” combines the two people.</source>
        <translation>Eine andere Person heißt schon {name}. „merge“ führt die beiden zusammen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The cluster at {address} cannot be used: {reason}. Photos that were scanned before are recorded; the same command resumes.</source>
        <translation>Der Cluster unter {address} kann nicht verwendet werden: {reason}. Bereits durchsuchte Fotos sind gespeichert; derselbe Befehl setzt die Suche fort.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The report could not be written to {name} ({reason}).</source>
        <translation>Der Bericht konnte nicht nach {name} geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Nothing was written to {name}: it belongs to the gallery. Choose another place.</source>
        <translation>Nach {name} wurde nichts geschrieben: Der Ort gehört zur Galerie. Bitte einen anderen wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{place} could not be written ({reason}). No incomplete file was left.</source>
        <translation>{place} konnte nicht geschrieben werden ({reason}). Es blieb keine unvollständige Datei zurück.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The groups in {name} cannot be read: {reason}.</source>
        <translation>Die Gruppen in {name} sind nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The weights of {model} are damaged ({detail}). Delete the file and download it again. “doctor” shows where it is.</source>
        <translation>Die Gewichte von {model} sind beschädigt ({detail}). Die Datei löschen und neu laden. „doctor“ zeigt, wo sie liegt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The model {model} failed: {detail}. It was stopped, and other photos are not affected. If this happens often, use another model.</source>
        <translation>Das Modell {model} ist gescheitert: {detail}. Es wurde beendet; andere Fotos sind nicht betroffen. Falls das oft geschieht, ein anderes Modell verwenden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{model} was not added: {detail}.</source>
        <translation>{model} wurde nicht hinzugefügt: {detail}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{model} could not be downloaded: {detail}. Try again: the download resumes where it stopped.</source>
        <translation>{model} konnte nicht geladen werden: {detail}. Beim nächsten Versuch geht es dort weiter, wo der Download aufgehört hat.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The {model} engine cannot {detail}. Leave out --engine {model}.</source>
        <translation>Die Engine {model} kann das nicht: {detail}. --engine {model} weglassen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} {detail}. Nothing was read or written through it. Put the real file or folder in its place.</source>
        <translation>{name} {detail}. Darüber wurde nichts gelesen oder geschrieben. Die echte Datei oder den echten Ordner an diese Stelle legen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The system does not let {name} be read ({detail}). Nothing was changed. Check that its drive is connected and that you may read it, close programs that you do not need, and try again.</source>
        <translation>{name} kann gerade nicht gelesen werden ({detail}). Nichts wurde geändert. Prüfen, ob das Laufwerk verbunden ist und ob Sie die Datei lesen dürfen, nicht benötigte Programme schließen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be used ({detail}). Nothing was changed. The gallery and its backups open only with the right {name}: put it back from a copy of the gallery’s folder, then try again.</source>
        <translation>{name} ist nicht verwendbar ({detail}). Es wurde nichts geändert. Die Galerie und ihre Sicherungen lassen sich nur mit der richtigen {name} öffnen: Diese aus einer Kopie des Galerieordners zurückholen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>A deletion for good was interrupted, and {name}, which says what is left to delete, cannot be used ({detail}). Nothing was changed. Delete {name}, then delete the person again.</source>
        <translation>Ein endgültiges Löschen wurde unterbrochen, und {name}, worin steht, was noch zu löschen ist, kann nicht verwendet werden ({detail}). Nichts wurde geändert. Löschen Sie {name}, und löschen Sie dann die Person noch einmal.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of all people in {name} is not finished. If it was interrupted, it is completed when the gallery is next opened for writing, as by “clear”.</source>
        <translation>Das Löschen aller Personen in {name} ist nicht abgeschlossen. Wurde es unterbrochen, geht es weiter, sobald die Galerie wieder zum Schreiben geöffnet wird, etwa durch „clear“.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be restored ({detail}). The gallery was not changed.</source>
        <translation>{name} kann nicht wiederhergestellt werden ({detail}). Die Galerie wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be restored: it was deleted with all people. That deletion had been interrupted and is complete now.</source>
        <translation>{name} kann nicht wiederhergestellt werden: Die Sicherung wurde mit allen Personen gelöscht. Dieses Löschen war unterbrochen und ist jetzt abgeschlossen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be imported: {detail}. The gallery was not changed.</source>
        <translation>{name} kann nicht importiert werden: {detail}. Die Galerie wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery’s folder {path} is not there, or is empty. Connect its drive, or begin a new gallery there in the window.</source>
        <translation>Der Ordner {path} der Galerie fehlt oder ist leer. Schließen Sie das Laufwerk an, oder beginnen Sie dort im Fenster eine neue Galerie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>A passphrase was given, but there is no gallery in {path}. Connect its drive, or begin an encrypted gallery there with “encrypt”.</source>
        <translation>Eine Passphrase wurde angegeben, aber in {path} ist keine Galerie. Schließen Sie das Laufwerk an, oder beginnen Sie dort mit „encrypt“ eine verschlüsselte Galerie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery in {name} is locked. Its passphrase is needed.</source>
        <translation>Die Galerie in {name} ist gesperrt. Ihre Passphrase wird gebraucht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Wrong passphrase for the gallery in {name}. Nothing was changed.</source>
        <translation>Falsche Passphrase für die Galerie in {name}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The system’s keyring is not available, or does not hold the key of {name}. Unlock the keyring and try again, on the computer and in the user account that encrypted the gallery.</source>
        <translation>Der Schlüsselbund des Systems ist nicht verfügbar oder enthält den Schlüssel von {name} nicht. Den Schlüsselbund entsperren und es noch einmal versuchen, an dem Computer und in dem Benutzerkonto, die die Galerie verschlüsselt haben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} was written by a newer version of Face Match (format {detail}; this version reads formats up to {newest}). Update the program to open it.</source>
        <translation>{name} stammt von einer neueren Version von Face Match (Format {detail}; diese Version liest Formate bis {newest}). Zum Öffnen das Programm aktualisieren.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery is in use by another Face Match ({detail}). You can view it, but not change it.</source>
        <translation>Die Galerie ist in einem anderen Face Match geöffnet ({detail}). Ansehen ist möglich, Ändern nicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Nothing was changed in {name}: {detail} while the gallery was open, and another program may have written to it since. Open it again to continue.</source>
        <translation>In {name} wurde nichts geändert: {detail}, während die Galerie geöffnet war, und ein anderes Programm könnte seitdem hineingeschrieben haben. Zum Weiterarbeiten die Galerie neu öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Someone else has changed this meanwhile. Nothing was changed; what is shown is up to date.</source>
        <translation>Jemand anderes hat das inzwischen geändert. Ihre Änderung wurde nicht vorgenommen; angezeigt wird der neue Stand.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This is not the address of a gallery on a server: {reason}. An address looks like postgresql://user@host/database?schema=name.</source>
        <translation>Das ist keine Adresse einer Galerie auf einem Server: {reason}. Eine Adresse sieht so aus: postgresql://user@host/database?schema=name.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no gallery at {name} yet. Add or import photos to begin one.</source>
        <translation>Unter {name} gibt es noch keine Galerie. Fügen Sie Fotos hinzu oder importieren Sie welche, um eine anzulegen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} cannot be reached ({detail}).</source>
        <translation>Der Server von {name} ist nicht erreichbar ({detail}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Your user of the server has too few rights for {name} ({detail}). Its administrator can grant them.</source>
        <translation>Ihr Benutzer des Servers hat zu wenige Rechte für {name} ({detail}). Der Administrator kann sie erteilen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} cannot hold a gallery: {detail}.</source>
        <translation>Der Server von {name} kann keine Galerie aufnehmen: {detail}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>No face was found in {name} where {person} is marked.</source>
        <translation>In {name} wurde dort, wo {person} markiert ist, kein Gesicht gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>No face was found in {name}.</source>
        <translation>In {name} wurde kein Gesicht gefunden.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>{n} faces were found in {name}, and none of them matches another photo of {person}.</source>
        <translation>
            <numerusform>In {name} wurde {n} Gesicht gefunden, das zu keinem anderen Foto von {person} passt.</numerusform>
            <numerusform>In {name} wurden {n} Gesichter gefunden, und keines passt zu einem anderen Foto von {person}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{number} at {place}</source>
        <translation>{number} bei {place}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} has no face {face_number}. Its faces: {listed}.</source>
        <translation>{name} hat kein Gesicht {face_number}. Die Gesichter: {listed}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>{n} faces were found in {name}: {listed}. Choose one with --face and its number.</source>
        <translation>
            <numerusform>In {name} wurde {n} Gesicht gefunden: {listed}. Mit --face und der Nummer eines auswählen.</numerusform>
            <numerusform>In {name} wurden {n} Gesichter gefunden: {listed}. Mit --face und der Nummer eines auswählen.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The box at {place}, lies outside {name}. Draw it around a face.</source>
        <translation>Der Rahmen bei {place}, liegt außerhalb von {name}. Er muss um ein Gesicht gezogen werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The box at {place}, is too small: a face in {name} needs {least} or more.</source>
        <translation>Der Rahmen bei {place}, ist zu klein: Ein Gesicht in {name} braucht mindestens {least}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>({x}, {y}), {width} × {height} pixels</source>
        <translation>({x}, {y}), {width} × {height} Pixel</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The places of names in {name} do not fit the photo ({reason}). The names are kept without places.</source>
        <translation>Die Orte der Namen in {name} passen nicht zum Foto ({reason}). Die Namen bleiben ohne Ort erhalten.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>Not enough data: {n} people have 2 faces or more; {needed} are needed.</source>
        <translation>
            <numerusform>Zu wenig Daten: {n} Person hat mindestens 2 Gesichter; nötig sind {needed}.</numerusform>
            <numerusform>Zu wenig Daten: {n} Personen haben mindestens 2 Gesichter; nötig sind {needed}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{worker} of the cluster cannot work for this computer: {reason}.</source>
        <translation>{worker} im Cluster kann nicht für diesen Computer arbeiten: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no model called {model}. “models list” shows the available models.</source>
        <translation>Es gibt kein Modell namens {model}. „models list“ zeigt die verfügbaren Modelle.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>FaceNet’s weights are not installed. Download them with “models download facenet” (92 MB), or use the built-in model.</source>
        <translation>Die Gewichte von FaceNet sind nicht installiert. „models download facenet“ lädt sie (92 MB); sonst das eingebaute Modell verwenden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The file of {model} is missing. Add it again with “models add FILE”.</source>
        <translation>Die Datei von {model} fehlt. „models add DATEI“ fügt sie wieder hinzu.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The weights of {model} are not installed. Install them with “{install_command}”.</source>
        <translation>Die Gewichte von {model} sind nicht installiert. „{install_command}“ installiert sie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The {model} engine needs the package {detail}. Install it with “{install_command}”.</source>
        <translation>Die Engine {model} braucht das Paket {detail}. „{install_command}“ installiert es.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{step}” cannot be undone or redone, because the gallery has changed since. Nothing was changed.</source>
        <translation>„{step}“ lässt sich nicht widerrufen oder wiederholen, weil sich die Galerie seitdem geändert hat. Nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be written ({detail}).</source>
        <translation>{name} konnte nicht geschrieben werden ({detail}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Data saved before is not affected.</source>
        <translation>Zuvor gespeicherte Daten sind nicht betroffen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of {name} is not finished. It resumes when the gallery is next opened for writing.</source>
        <translation>Das Löschen von {name} ist nicht abgeschlossen. Es geht weiter, sobald die Galerie wieder zum Schreiben geöffnet wird.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of all people is not finished. It resumes when the gallery is next opened for writing.</source>
        <translation>Das Löschen aller Personen ist nicht abgeschlossen. Es geht weiter, sobald die Galerie wieder zum Schreiben geöffnet wird.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. There is no readable backup.</source>
        <translation>{name} ist nicht lesbar ({detail}). Die Datei wurde nicht geändert. Es gibt keine lesbare Sicherung.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. The backup can be read. Restore it with “restore {backup}”.</source>
        <translation>{name} ist nicht lesbar ({detail}). Die Datei wurde nicht geändert. Die Sicherung ist lesbar. „restore {backup}“ stellt sie wieder her.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. The backup of {date} can be read. Restore it with “restore {backup}”.</source>
        <translation>{name} ist nicht lesbar ({detail}). Die Datei wurde nicht geändert. Die Sicherung vom {date} ist lesbar. „restore {backup}“ stellt sie wieder her.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server does not accept the password, or this user, for {name}.</source>
        <translation>Der Server akzeptiert das Passwort oder diesen Benutzer für {name} nicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} asks for a password. Commands take it from PGPASSWORD or ~/.pgpass.</source>
        <translation>Der Server von {name} verlangt ein Passwort. Befehle lesen es aus PGPASSWORD oder ~/.pgpass.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery cannot be moved to {name}: {detail}. It is where it was.</source>
        <translation>Die Galerie kann nicht nach {name} verschoben werden: {detail}. Sie ist, wo sie war.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>What was copied is in {folder}. Move the gallery there again to go on, or delete that folder.</source>
        <translation>Was schon kopiert wurde, ist in {folder}. Verschieben Sie die Galerie noch einmal dorthin, um fortzufahren, oder löschen Sie diesen Ordner.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{one} and {other} are easily mixed up: too close to decide.</source>
        <translation>{one} und {other} sind leicht zu verwechseln: für eine Entscheidung zu ähnlich.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The metadata in {photo} is newer than that of its sidecar. Both got the names.</source>
        <translation>Die Metadaten in {photo} sind neuer als die der Begleitdatei. Beide haben die Namen erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The metadata in {sidecar} is newer than that in the photo. Both got the names.</source>
        <translation>Die Metadaten in {sidecar} sind neuer als die im Foto. Beide haben die Namen erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} may have been a child: the birth date is not known.</source>
        <translation>Die Fotos liegen {years} Jahre auseinander, und {name} war vielleicht noch ein Kind: Das Geburtsdatum ist nicht bekannt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} was not born yet when the earlier one was taken.</source>
        <translation>Die Fotos liegen {years} Jahre auseinander, und {name} war bei dem früheren noch nicht geboren.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} was a child.</source>
        <translation>Die Fotos liegen {years} Jahre auseinander, und {name} war noch ein Kind.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>At threshold {threshold}, {strangers} would get a wrong suggestion in this gallery. At {safer} it is {rate}.</source>
        <translation>Beim Schwellenwert {threshold} bekämen in dieser Galerie {strangers} einen falschen Vorschlag. Bei {safer} ist es {rate}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>This gallery has many people, or people who look alike to the model, so the threshold was raised from {default} to {threshold}. “Check” lists who looks alike.</source>
        <translation>Diese Galerie hat viele Personen oder solche, die für das Modell ähnlich aussehen; darum wurde der Schwellenwert von {default} auf {threshold} erhöht. „Prüfen“ zeigt, wer sich ähnlich sieht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{count} people in this gallery are children. The model distinguishes children less well, so suggestions are less reliable here.</source>
        <translation>{count} Personen dieser Galerie sind Kinder. Kinder unterscheidet das Modell schlechter; Vorschläge sind hier weniger zuverlässig.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>Threshold {threshold}, learned from {n} people in this gallery.</source>
        <translation>
            <numerusform>Schwellenwert {threshold}, gelernt an {n} Person dieser Galerie.</numerusform>
            <numerusform>Schwellenwert {threshold}, gelernt an {n} Personen dieser Galerie.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{several} and {last}</source>
        <translation>{several} und {last}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>This face is {reasons}; matches against it will be unreliable.</source>
        <translation>Dieses Gesicht ist {reasons}; Treffer damit sind unzuverlässig.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>Not encrypted, because Face Match did not create them: {named}. Anyone can still read them.</source>
        <translation>Nicht verschlüsselt, weil nicht von Face Match angelegt: {named}. Das können weiterhin alle lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>Not encrypted, because Face Match did not create them: {named} and {others} more. Anyone can still read them.</source>
        <translation>Nicht verschlüsselt, weil nicht von Face Match angelegt: {named} und {others} weitere. Das können weiterhin alle lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{said} For example: {named}.</source>
        <translation>{said} Zum Beispiel: {named}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{said} These are: {named}.</source>
        <translation>{said} Das sind: {named}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} marks {n} faces without a name.</source>
        <translation>
            <numerusform>{file} markiert {n} Gesicht ohne Namen.</numerusform>
            <numerusform>{file} markiert {n} Gesichter ohne Namen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} suggests names for {n} faces, which nobody has confirmed.</source>
        <translation>
            <numerusform>{file} schlägt für {n} Gesicht einen Namen vor, den niemand bestätigt hat.</numerusform>
            <numerusform>{file} schlägt für {n} Gesichter Namen vor, die niemand bestätigt hat.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} marks {n} faces of people whose names it does not give.</source>
        <translation>
            <numerusform>{file} markiert {n} Gesicht einer Person, deren Namen es nicht nennt.</numerusform>
            <numerusform>{file} markiert {n} Gesichter von Personen, deren Namen es nicht nennt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} gives {n} places or names that are not of people’s faces.</source>
        <translation>
            <numerusform>{file} nennt {n} Stelle oder Namen, der nicht zu einem Gesicht einer Person gehört.</numerusform>
            <numerusform>{file} nennt {n} Stellen oder Namen, die nicht zu Gesichtern von Personen gehören.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{n} entries in {file} are damaged.</source>
        <translation>
            <numerusform>{n} Eintrag in {file} ist beschädigt.</numerusform>
            <numerusform>{n} Einträge in {file} sind beschädigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} names people in {n} photos that were not found here.</source>
        <translation>
            <numerusform>{file} nennt Personen in {n} Foto, das hier nicht gefunden wurde.</numerusform>
            <numerusform>{file} nennt Personen in {n} Fotos, die hier nicht gefunden wurden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} names people in {n} photos, but several files here may be each of them.</source>
        <translation>
            <numerusform>{file} nennt Personen in {n} Foto, doch mehrere Dateien hier können dieses Foto sein.</numerusform>
            <numerusform>{file} nennt Personen in {n} Fotos, doch für jedes davon kommen hier mehrere Dateien in Frage.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>&gt; 99 %</source>
        <translation>&gt; 99 %</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>&lt; 1 %</source>
        <translation>&lt; 1 %</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>more than 1 in 2</source>
        <translation>mehr als 1 von 2</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number}</source>
        <translation>etwa 1 von {number}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number}</source>
        <translation>weniger als 1 von {number}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of</source>
        <translation>{number} % von</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of strangers</source>
        <translation>{number} % der Fremden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number} strangers</source>
        <translation>etwa 1 von {number} Fremden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number} strangers</source>
        <translation>weniger als 1 von {number} Fremden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of comparisons</source>
        <translation>{number} % der Vergleiche</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number} comparisons</source>
        <translation>etwa 1 von {number} Vergleichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number} comparisons</source>
        <translation>weniger als 1 von {number} Vergleichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a PostScript file</source>
        <translation>eine PostScript-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a PDF file</source>
        <translation>eine PDF-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a JPEG 2000 file</source>
        <translation>eine JPEG-2000-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>an icon</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a JPEG XL file</source>
        <translation>eine JPEG-XL-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a Photoshop file</source>
        <translation>eine Photoshop-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a ZIP archive</source>
        <translation>ein ZIP-Archiv</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>truncated {kind}</source>
        <translation>abgeschnittenes {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged {kind}</source>
        <translation>beschädigtes {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>an unsupported kind of {kind}</source>
        <translation>eine nicht unterstützte Art von {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>progressive {kind}</source>
        <translation>progressives {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>over {size} million values in a slow form of {kind}</source>
        <translation>mehr als {size} Millionen Werte in einer langsamen Form von {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} megapixels, over {most} in {kind}</source>
        <translation>{size} Megapixel, mehr als {most} in {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} megapixels, over {most}</source>
        <translation>{size} Megapixel, mehr als {most}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{width} × {height} pixels, over {most} on one side</source>
        <translation>{width} × {height} Pixel, mehr als {most} auf einer Seite</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>over {size} MB</source>
        <translation>über {size} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its XMP has over {size} MB</source>
        <translation>sein XMP hat über {size} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} MB, too much for an image of that size</source>
        <translation>{size} MB, zu viel für ein Bild dieser Größe</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{what}, which is not supported</source>
        <translation>{what}; das wird nicht unterstützt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>install the package {package} to read it</source>
        <translation>zum Lesen das Paket {package} installieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{kind} is not supported here</source>
        <translation>{kind} wird hier nicht unterstützt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its decoder took longer than {time} seconds</source>
        <translation>sein Decoder brauchte länger als {time} Sekunden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its decoder needed more than {size} GB of memory</source>
        <translation>sein Decoder brauchte mehr als {size} GB Arbeitsspeicher</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged XML, line {line}</source>
        <translation>beschädigtes XML, Zeile {line}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its table {table} is missing</source>
        <translation>ihre Tabelle {table} fehlt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{table} has no column {column}</source>
        <translation>{table} hat keine Spalte {column}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is of a digiKam that is too old, database version {version}</source>
        <translation>sie stammt von einem zu alten digiKam, Datenbankversion {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is of a newer digiKam, database version {version}</source>
        <translation>sie stammt von einem neueren digiKam, Datenbankversion {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>marks faces in {photo} as it was with {width} × {height} pixels: they were not used</source>
        <translation>markiert Gesichter in {photo}, als es {width} × {height} Pixel hatte: sie wurden nicht verwendet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is in {encoding}, not in UTF-8</source>
        <translation>die Datei ist in {encoding}, nicht in UTF-8</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its regions are of another image ({size})</source>
        <translation>ihre Bereiche gehören zu einem anderen Bild ({size})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its regions are of the raw photo, which is turned differently</source>
        <translation>ihre Bereiche gehören zum RAW-Foto, das anders gedreht ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>may belong to {photos}: its names were not imported</source>
        <translation>gehört vielleicht zu {photos}: Die Namen darin wurden nicht importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has regions of {names} that cannot be read: a region must be a rectangle around one person</source>
        <translation>hat Bereiche von {names}, die nicht lesbar sind: Ein Bereich muss ein Rechteck um eine Person sein</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has names for {photos} that were not imported: {names}</source>
        <translation>hat Namen für {photos}, die nicht importiert wurden: {names}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>gives one face more than {most} names: {names} were not imported</source>
        <translation>gibt einem Gesicht mehr als {most} Namen: {names} wurden nicht importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is on another computer: {share}</source>
        <translation>es liegt auf einem anderen Computer: {share}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>no connection ({reason})</source>
        <translation>keine Verbindung ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>the server answered {code}</source>
        <translation>der Server antwortete {code}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>another model is called {model}</source>
        <translation>ein anderes Modell heißt schon {model}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{model} is the name of one of the program’s own models</source>
        <translation>{model} heißt eines der Modelle des Programms</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is larger than {size} GB</source>
        <translation>größer als {size} GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its trial took more than {time} s</source>
        <translation>der Test dauerte mehr als {time} s</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it took longer than {time} seconds</source>
        <translation>es dauerte länger als {time} Sekunden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it needed more than {size} GB of memory</source>
        <translation>es brauchte mehr als {size} GB Arbeitsspeicher</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes more memory than a face network needs</source>
        <translation>es braucht mehr Speicher als ein Gesichtsnetz</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>the process that tried it died (status {status})</source>
        <translation>der Prozess, der es erprobte, ist abgestürzt (Status {status})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its output is larger than that of a face network</source>
        <translation>seine Ausgabe ist größer als die eines Gesichtsnetzes</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>ONNX Runtime could not run it</source>
        <translation>ONNX Runtime konnte es nicht ausführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its process ended unexpectedly</source>
        <translation>sein Prozess endete unerwartet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be saved ({reason})</source>
        <translation>konnte nicht gespeichert werden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be read ({reason})</source>
        <translation>konnte nicht gelesen werden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be removed ({reason})</source>
        <translation>es ließ sich nicht entfernen ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run on a face ({reason})</source>
        <translation>es ließ sich nicht auf ein Gesicht anwenden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run on a photo ({reason})</source>
        <translation>es ließ sich nicht auf ein Foto anwenden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run ({reason})</source>
        <translation>konnte nicht ausgeführt werden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>ONNX Runtime cannot load it ({reason})</source>
        <translation>ONNX Runtime kann es nicht laden ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is not valid ONNX ({reason})</source>
        <translation>kein gültiges ONNX ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>in a photo of one</source>
        <translation>in einem Foto mit einem Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>in its mirror image</source>
        <translation>in seinem Spiegelbild</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not find the face {where}</source>
        <translation>es findet das Gesicht nicht: {where}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not find eyes, nose and mouth where they are {where}</source>
        <translation>es findet Augen, Nase und Mund nicht an ihrer Stelle: {where}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has an operator that is not ONNX’s own ({operator})</source>
        <translation>es hat einen Operator, der nicht zu ONNX gehört ({operator})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has a loop ({operator}), and might never end</source>
        <translation>es hat eine Schleife ({operator}) und endet vielleicht nie</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has one output, as an embedder, but takes {shape}; faces of 112 × 112 or 160 × 160 pixels are supported</source>
        <translation>es hat eine Ausgabe wie ein Embedder, erwartet aber {shape}; unterstützt werden Gesichter von 112 × 112 oder 160 × 160 Pixeln</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes {count} inputs, where a face network takes one image</source>
        <translation>es hat {count} Eingaben, ein Gesichtsnetz hat ein Bild</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes {kind}, where float32 pixels are expected</source>
        <translation>es erwartet {kind} statt Pixel in float32</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input is {shape}, which is not a colour image</source>
        <translation>seine Eingabe ist {shape}; das ist kein Farbbild</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input has {width} × {height} pixels, more than {most} a side</source>
        <translation>seine Eingabe hat {width} × {height} Pixel, mehr als {most} auf einer Seite</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input has {width} × {height} pixels, where multiples of {step} are expected, or both sides free</source>
        <translation>seine Eingabe hat {width} × {height} Pixel; erwartet werden Vielfache von {step} oder zwei freie Seiten</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its {count} outputs match no supported detector (SCRFD or RetinaFace of InsightFace, YuNet), and no embedder</source>
        <translation>seine {count} Ausgaben passen zu keinem unterstützten Detektor (SCRFD oder RetinaFace von InsightFace, YuNet) und zu keinem Embedder</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its {count} outputs do not have the shapes of SCRFD, InsightFace’s RetinaFace or YuNet</source>
        <translation>seine {count} Ausgaben haben nicht die Form von SCRFD, RetinaFace von InsightFace oder YuNet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its output is {shapes}, where one embedding of {least} to {most} numbers is expected, alone or with its norm</source>
        <translation>seine Ausgabe ist {shapes}; erwartet wird ein Embedding aus {least} bis {most} Zahlen, allein oder mit seiner Norm</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not tell two different people apart: their similarity is {similarity}, and the threshold of {family} is {threshold}</source>
        <translation>es unterscheidet zwei verschiedene Personen nicht: Ihre Ähnlichkeit ist {similarity}, die Schwelle von {family} ist {threshold}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a face is less similar to its mirror image ({similarity}) than to another person ({other_similarity})</source>
        <translation>ein Gesicht ähnelt seinem Spiegelbild ({similarity}) weniger als einer anderen Person ({other_similarity})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is {family}, not {other_family}</source>
        <translation>es ist {family}, nicht {other_family}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has version {version} of Face Match, not {other}</source>
        <translation>dort ist Version {version} von Face Match, nicht {other}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not have Face Match, or cannot run it ({reason})</source>
        <translation>dort fehlt Face Match, oder es läuft nicht ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its files of the model or detector are not those of this computer</source>
        <translation>seine Dateien des Modells oder Detektors sind nicht die dieses Computers</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>install the packages dask and distributed: {command}</source>
        <translation>installieren Sie die Pakete dask und distributed: {command}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has PostgreSQL {version}, and {needed} or newer is needed</source>
        <translation>es hat PostgreSQL {version}, nötig ist {needed} oder neuer</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has pgvector {version}, and {needed} or newer is needed</source>
        <translation>es hat pgvector {version}, nötig ist {needed} oder neuer</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>process {process_id} on {machine} since {time}</source>
        <translation>Prozess {process_id} auf {machine} seit {time}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>another program</source>
        <translation>ein anderes Programm</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is incomplete or damaged at line {line}</source>
        <translation>sie ist unvollständig oder in Zeile {line} beschädigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a record has no {field}</source>
        <translation>einem Eintrag fehlt {field}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is encrypted, but there is no {file} with its key</source>
        <translation>verschlüsselt, aber {file} mit dem Schlüssel fehlt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it was changed or sealed with another key</source>
        <translation>geändert oder mit einem anderen Schlüssel versiegelt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it was changed, moved or sealed with another key</source>
        <translation>geändert, verschoben oder mit einem anderen Schlüssel versiegelt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it does not match its manifest</source>
        <translation>{name} darin passt nicht zum Verzeichnis</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it is not a readable image ({reason})</source>
        <translation>{name} darin ist kein lesbares Bild ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it {what}</source>
        <translation>{name} darin {what}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it {what}</source>
        <translation>es {what}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has an unsafe path</source>
        <translation>hat einen unsicheren Pfad</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a plain file</source>
        <translation>ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is a decompression bomb</source>
        <translation>ist eine Dekompressionsbombe</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>uses an unsupported compression or encryption</source>
        <translation>ist auf nicht unterstützte Weise komprimiert oder verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too large</source>
        <translation>ist zu groß</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is a device name on Windows</source>
        <translation>ist unter Windows ein Gerätename</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is the folder of unnamed faces</source>
        <translation>ist der Ordner der unbenannten Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a text</source>
        <translation>ist kein Text</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too long for a path</source>
        <translation>ist zu lang für einen Pfad</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>leads out of the gallery</source>
        <translation>führt aus der Galerie hinaus</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>contains a control character</source>
        <translation>enthält ein Steuerzeichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>contains a lone surrogate</source>
        <translation>enthält ein halbes Zeichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too long for a file name</source>
        <translation>ist zu lang für einen Dateinamen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a valid file name on Windows</source>
        <translation>ist unter Windows kein gültiger Dateiname</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>ends in {suffix}, which is reserved for encrypted crops</source>
        <translation>endet auf {suffix}; das ist verschlüsselten Ausschnitten vorbehalten</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not in {folder}</source>
        <translation>ist nicht in {folder}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has more values than a gallery can have</source>
        <translation>hat mehr Werte, als eine Galerie haben kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is larger than a gallery can be</source>
        <translation>ist größer, als eine Galerie sein kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has more escapes than a gallery can have</source>
        <translation>hat mehr Escape-Zeichen, als eine Galerie haben kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No space left on device</source>
        <translation>auf dem Datenträger ist kein Platz mehr</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Is a directory</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Not a directory</source>
        <translation>es ist kein Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File exists</source>
        <translation>die Datei gibt es schon</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File too large</source>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Read-only file system</source>
        <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Input/output error</source>
        <translation>Lese- oder Schreibfehler</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File name too long</source>
        <translation>der Dateiname ist zu lang</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Operation not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Disk quota exceeded</source>
        <translation>das Kontingent ist erschöpft</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Too many levels of symbolic links</source>
        <translation>zu viele Verknüpfungen ineinander</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Device or resource busy</source>
        <translation>wird gerade verwendet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No such device</source>
        <translation>das Gerät fehlt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Host is down</source>
        <translation>der Server ist nicht erreichbar</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Stale file handle</source>
        <translation>die Verbindung zum Server ist unterbrochen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Connection timed out</source>
        <translation>Zeitüberschreitung der Verbindung</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Network is unreachable</source>
        <translation>das Netz ist nicht erreichbar</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Temporary failure in name resolution</source>
        <translation>der Name des Servers lässt sich gerade nicht auflösen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Name or service not known</source>
        <translation>der Server ist unbekannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Invalid argument</source>
        <translation>ungültige Angabe</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Directory not empty</source>
        <translation>der Ordner ist nicht leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Resource temporarily unavailable</source>
        <translation>vorübergehend nicht verfügbar</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>technical message: “{reason}”</source>
        <translation>technische Meldung: „{reason}“</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Very likely</source>
        <translation>Fast sicher</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Unlikely</source>
        <translation>Eher nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive.py"/>
        <source>its records would exceed the size limit</source>
        <translation>die Daten würden die Höchstgröße überschreiten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <location filename="../../../face_match/vision/models/installation.py"/>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>it is not a file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its records are invalid</source>
        <translation>die Daten sind ungültig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its crops do not match its records</source>
        <translation>die Ausschnitte passen nicht zu den Daten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it contains a file twice</source>
        <translation>es enthält eine Datei doppelt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is a decompression bomb</source>
        <translation>es ist eine Dekompressionsbombe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its manifest is too long</source>
        <translation>das Inhaltsverzeichnis ist zu lang</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is not a Face Match archive</source>
        <translation>es ist kein Archiv von Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its files do not match its manifest</source>
        <translation>die Dateien passen nicht zum Inhaltsverzeichnis</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it has too many files</source>
        <translation>darin sind zu viele Dateien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is damaged or not a ZIP file</source>
        <translation>es ist beschädigt oder keine ZIP-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/contents.py"/>
        <source>the place of the face is unknown</source>
        <translation>der Ort des Gesichts ist nicht bekannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/editing.py"/>
        <source>it is open for reading only</source>
        <translation>sie ist nur zum Lesen geöffnet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/gallery.py"/>
        <source>it is not a folder</source>
        <translation>es ist kein Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/names.py"/>
        <source>it is longer than 1,000 characters</source>
        <translation>länger als 1.000 Zeichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/own_files.py"/>
        <source>there is a file with this name that is not the gallery’s</source>
        <translation>dort ist eine Datei dieses Namens, die nicht zur Galerie gehört</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is a link</source>
        <translation>ist eine Verknüpfung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is missing, though crops are encrypted</source>
        <translation>fehlt, obwohl Ausschnitte verschlüsselt sind</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is neither a file nor a folder</source>
        <translation>ist weder Datei noch Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>it is in the gallery’s own folder</source>
        <translation>er liegt im Ordner der Galerie selbst</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>it is a file</source>
        <translation>es ist eine Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>there is something in it already</source>
        <translation>er enthält schon etwas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>there is not enough room on its disk</source>
        <translation>auf dem Datenträger ist nicht genug Platz</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>a copy is not like its file; the disk may be damaged</source>
        <translation>eine Kopie gleicht ihrer Datei nicht; vielleicht ist der Datenträger beschädigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>the copy cannot be opened</source>
        <translation>die Kopie lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>the copy has other people or faces</source>
        <translation>die Kopie hat andere Personen oder Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/restore.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <location filename="../../../face_match/metadata/sidecar_writer.py"/>
        <source>it is a link</source>
        <translation>es ist eine Verknüpfung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/encryption.py"/>
        <source>the gallery is not encrypted</source>
        <translation>die Galerie ist nicht verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge.py"/>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it is missing</source>
        <translation>die Datei fehlt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_execution.py"/>
        <source>it is incomplete or was changed</source>
        <translation>sie ist unvollständig oder wurde verändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_execution.py"/>
        <source>it is older than the records</source>
        <translation>sie ist älter als die Aufzeichnungen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_planning.py"/>
        <source>a person in it or in its backups has too many names</source>
        <translation>eine Person darin oder in den Sicherungen hat zu viele Namen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/sealing.py"/>
        <source>it is larger than any file of the program</source>
        <translation>größer als jede Datei des Programms</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>daily</source>
        <translation>täglich</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before migration</source>
        <translation>vor der Umstellung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before import</source>
        <translation>vor dem Import</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before the last change</source>
        <translation>vor der letzten Änderung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before SQLite storage</source>
        <translation>vor der SQLite-Ablage</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it is not encrypted, but the gallery is</source>
        <translation>die Datei ist nicht verschlüsselt, die Galerie aber schon</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <source>there is no crop</source>
        <translation>es gibt keinen Ausschnitt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <location filename="../../../face_match/vision/models/installation.py"/>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>there is no such file</source>
        <translation>die Datei gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it is not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_reading.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>it is not a Face Match gallery</source>
        <translation>das ist keine Galerie von Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it would be too large</source>
        <translation>die Datei würde zu groß</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it is older than the gallery's last records</source>
        <translation>älter als die letzten Daten der Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/legacy/waiting_folder.py"/>
        <source>it is incomplete</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>the clock of this computer is before 1970</source>
        <translation>die Uhr dieses Computers steht vor 1970</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its folder was moved or replaced</source>
        <translation>ihr Ordner wurde verschoben oder ersetzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its lock file was deleted or replaced</source>
        <translation>ihre Sperrdatei wurde gelöscht oder ersetzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its lock file was replaced</source>
        <translation>ihre Sperrdatei wurde ersetzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no computer of this name</source>
        <translation>es gibt keinen Computer dieses Namens</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it did not answer in time</source>
        <translation>er hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no file of the authorities that vouch for it</source>
        <translation>es gibt keine Datei mit den Zertifizierungsstellen, die für ihn bürgen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>its certificate is that of another computer</source>
        <translation>sein Zertifikat ist das eines anderen Computers</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>no authority of the address vouches for its certificate</source>
        <translation>keine Zertifizierungsstelle der Adresse bürgt für sein Zertifikat</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no TLS connection as the address asks for</source>
        <translation>es gibt keine TLS-Verbindung, wie die Adresse sie verlangt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>no server answers there</source>
        <translation>dort antwortet kein Server</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it is just starting or stopping</source>
        <translation>er startet gerade oder wird beendet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no room for another connection</source>
        <translation>er nimmt keine weitere Verbindung an</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no database of this name</source>
        <translation>er hat keine Datenbank dieses Namens</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it lets no such user in from here</source>
        <translation>er lässt diesen Benutzer von hier aus nicht zu</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>the connection failed</source>
        <translation>die Verbindung ist gescheitert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it does not have the extension pgvector</source>
        <translation>ihm fehlt die Erweiterung pgvector</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it refused this</source>
        <translation>er hat das abgelehnt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>it may only be read</source>
        <translation>sie darf nur gelesen werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it sends more than a gallery can have</source>
        <translation>er sendet mehr, als eine Galerie haben kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no room left</source>
        <translation>er hat keinen Platz mehr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>the connection was lost</source>
        <translation>die Verbindung ging verloren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <source>it is no crop</source>
        <translation>es ist kein Ausschnitt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/webp_writing.py"/>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops_folder.py"/>
        <source>its folder of crops is in use by another gallery</source>
        <translation>ihr Ordner für Ausschnitte wird schon von einer anderen Galerie benutzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops_folder.py"/>
        <source>its folder of crops cannot be reached from here, or is not its own</source>
        <translation>ihr Ordner für Ausschnitte ist von hier nicht erreichbar oder gehört ihr nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/schema.py"/>
        <source>an administrator must first run CREATE EXTENSION vector; in this database</source>
        <translation>ein Verwalter muss in dieser Datenbank zuerst CREATE EXTENSION vector; ausführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>a gallery on a server is backed up by its administrators</source>
        <translation>eine Galerie auf einem Server sichern dessen Verwalter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>a text cannot be stored on a server</source>
        <translation>ein Text kann auf einem Server nicht gespeichert werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>the server reported an error</source>
        <translation>der Server hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>a record is invalid</source>
        <translation>ein Datensatz ist ungültig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/files.py"/>
        <source>is a journal of several databases</source>
        <translation>ist ein Journal mehrerer Datenbanken</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>another program is using it: try again when it has finished</source>
        <translation>ein anderes Programm benutzt sie gerade: Versuchen Sie es noch einmal, wenn es fertig ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>SQLCipher does not encrypt it</source>
        <translation>SQLCipher verschlüsselt sie nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>its history is invalid</source>
        <translation>der Verlauf ist ungültig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/store.py"/>
        <source>its records were deleted or replaced</source>
        <translation>ihre Datensätze wurden gelöscht oder ersetzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it is not a Face Match vault</source>
        <translation>das ist kein Tresor von Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it was changed by another program</source>
        <translation>von einem anderen Programm geändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage_change.py"/>
        <source>a name contains a character that a database cannot hold</source>
        <translation>ein Name enthält ein Zeichen, das eine Datenbank nicht speichern kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/age_phrases.py"/>
        <source>{year}, age about {age}</source>
        <translation>{year}, etwa {age} Jahre alt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/age_phrases.py"/>
        <source>{year}, age {age}</source>
        <translation>{year}, {age} Jahre alt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>About Face Match</source>
        <translation>Über Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Folder of the gallery</source>
        <translation>Ordner der Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>&amp;Show</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Show the gallery’s folder in the file manager (Alt+S)</source>
        <translation>Den Ordner der Galerie in der Dateiverwaltung zeigen (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Licences of everything inside</source>
        <translation>Lizenzen aller Bestandteile</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Licences of everything inside (↑ ↓ scroll)</source>
        <translation>Lizenzen aller Bestandteile (↑ ↓ blättern)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>{file}, format {version}</source>
        <translation>{file}, Format {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>In the database of a server</source>
        <translation>In der Datenbank eines Servers</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Records</source>
        <translation>Daten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>All data stays on this computer. The program is free software (MIT licence).</source>
        <translation>Alle Daten bleiben auf diesem Computer. Das Programm ist freie Software (MIT-Lizenz).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Reading the backups …</source>
        <translation>Sicherungen werden gelesen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Comparing with the gallery …</source>
        <translation>Vergleich mit der Galerie …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>There are no backups yet. A backup is made each day before the first change.</source>
        <translation>Es gibt noch keine Sicherungen. Jeden Tag wird vor der ersten Änderung eine angelegt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Backups, newest first</source>
        <translation>Sicherungen, neueste zuerst</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Backups, newest first (↑ ↓, Enter restores)</source>
        <translation>Sicherungen, neueste zuerst (↑ ↓, die Eingabetaste stellt wieder her)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore the selected backup (Enter)</source>
        <translation>Die ausgewählte Sicherung wiederherstellen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Choose &amp;file …</source>
        <translation>Aus &amp;Datei …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore a backup from a file (Alt+F)</source>
        <translation>Eine Sicherung aus einer Datei wiederherstellen (Alt+D)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. In dated photos, faces are then compared with faces of a similar age first.</source>
        <translation>Ein Jahr, einen Monat oder einen Tag eingeben: 2014, 2014-05 oder 2014-05-17. In datierten Fotos werden Gesichter dann zuerst mit Gesichtern ähnlichen Alters verglichen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. Leave this empty if the birth date is not known.</source>
        <translation>Ein Jahr, einen Monat oder einen Tag eingeben: 2014, 2014-05 oder 2014-05-17. Leer lassen, wenn das Geburtsdatum nicht bekannt ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Birth date</source>
        <translation>Geburtsdatum</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>A year, a month or a day: 2014, 2014-05 or 2014-05-17 (Enter saves it)</source>
        <translation>Ein Jahr, ein Monat oder ein Tag: 2014, 2014-05 oder 2014-05-17 (die Eingabetaste legt es fest)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>When was {name} born?</source>
        <translation>Wann ist {name} geboren?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Allowed dates</source>
        <translation>Erlaubte Daten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>&amp;Set</source>
        <translation>&amp;Festlegen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Set the birth date (Enter)</source>
        <translation>Das Geburtsdatum festlegen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Imported files have other names than yours, which are kept until you decide.</source>
        <translation>Importierte Dateien nennen andere Namen. Bis zur Entscheidung bleiben die eigenen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>There are no conflicts: all names in imported files are the same as yours.</source>
        <translation>Es gibt keine Konflikte: Alle Namen in importierten Dateien stimmen mit den eigenen überein.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Conflicts</source>
        <translation>Konflikte</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep &amp;mine</source>
        <translation>&amp;Eigene behalten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep your names for the selected faces (Alt+M)</source>
        <translation>Für die ausgewählten Gesichter die eigenen Namen behalten (Alt+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use &amp;theirs</source>
        <translation>Aus &amp;Dateien übernehmen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use the names from files for the selected faces (Alt+T)</source>
        <translation>Für die ausgewählten Gesichter die Namen aus den Dateien übernehmen (Alt+D)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep mine for &amp;all</source>
        <translation>&amp;Alle eigenen behalten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep all your names (Alt+A)</source>
        <translation>Alle eigenen Namen behalten (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use theirs &amp;for all</source>
        <translation>Alle aus Da&amp;teien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use all names from files (Alt+F)</source>
        <translation>Alle Namen aus den Dateien übernehmen (Alt+T)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Undo the last change</source>
        <translation>Die letzte Änderung widerrufen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Redo the last change that was undone</source>
        <translation>Die zuletzt widerrufene Änderung wiederholen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Conflicts (↑ ↓; select several with Shift, Ctrl or Ctrl+A)</source>
        <translation>Konflikte (↑ ↓; mehrere mit Umschalt, Strg oder Strg+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>In the gallery: {mine}</source>
        <translation>In der Galerie: {mine}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Open another gallery</source>
        <translation>Eine andere Galerie öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open now: {folder}</source>
        <translation>Jetzt offen: {folder}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Recent galleries</source>
        <translation>Zuletzt geöffnete Galerien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Galleries that were open before, the last one first (↑ ↓, Enter opens)</source>
        <translation>Galerien, die schon offen waren, die letzte zuerst (↑ ↓, Eingabe öffnet)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open the selected gallery (Enter)</source>
        <translation>Die gewählte Galerie öffnen (Eingabe)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Choose &amp;folder …</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open the gallery of another folder, or begin a new one there (Alt+F)</source>
        <translation>Die Galerie eines anderen Ordners öffnen oder dort eine neue beginnen (Alt+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>On a &amp;server …</source>
        <translation>Auf einem &amp;Server …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open a gallery that several people share (Alt+S)</source>
        <translation>Eine Galerie öffnen, die mehrere teilen (Alt+S)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Folder of a gallery, or for a new one</source>
        <translation>Ordner einer Galerie oder für eine neue</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Gallery check</source>
        <translation>Prüfung der Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Results (↑ ↓; → and ← expand and collapse)</source>
        <translation>Ergebnisse (↑ ↓; → und ← klappen auf und zu)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>&amp;Remove near-duplicates …</source>
        <translation>Nahezu gleiche &amp;entfernen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove nearly identical faces, except the largest</source>
        <translation>Nahezu gleiche Gesichter entfernen, bis auf das größte</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Files without a face</source>
        <translation>Dateien ohne Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Files in faces_db that belong to no face. Face Match does not change them.</source>
        <translation>Dateien in faces_db, die zu keinem Gesicht gehören. Face Match ändert sie nicht.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>{n} files</source>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Checked {n} faces with the model {model}.</source>
        <translation>
            <numerusform>{n} Gesicht mit dem Modell {model} geprüft.</numerusform>
            <numerusform>{n} Gesichter mit dem Modell {model} geprüft.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>No problems found.</source>
        <translation>Keine Probleme gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Not compared: {count}.</source>
        <translation>Nicht verglichen: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Crops that are missing or damaged</source>
        <translation>Fehlende oder beschädigte Ausschnitte</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>no name</source>
        <translation>kein Name</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>These faces can be matched, but not embedded for another model.</source>
        <translation>Diese Gesichter werden verglichen, aber für ein anderes Modell lassen sich keine Merkmale berechnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Near-duplicates</source>
        <translation>Nahezu gleiche Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{faces}, up to {similarity}</source>
        <translation>{faces}, bis {similarity}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Faces nearly identical to another face of the same person, and the highest similarity.</source>
        <translation>Gesichter, die einem anderen derselben Person nahezu gleichen, und die höchste Ähnlichkeit.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Faces that look more like someone else</source>
        <translation>Gesichter, die jemand anderem ähnlicher sehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{other} (own faces {own})</source>
        <translation>{other} (eigene Gesichter {own})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>These faces may have the wrong name. The page People marks them with “?”; Ctrl+J moves them.</source>
        <translation>Diese Gesichter haben vielleicht den falschen Namen. Die Seite Personen markiert sie mit „?“; Strg+J verschiebt sie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>People who are easily mixed up</source>
        <translation>Personen, die leicht zu verwechseln sind</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>At the current threshold, faces of one person match the other.</source>
        <translation>Beim aktuellen Schwellenwert passen Gesichter der einen Person zur anderen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{n} pairs of people</source>
        <translation>
            <numerusform>{n} Paar</numerusform>
            <numerusform>{n} Paare</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Most similar people</source>
        <translation>Ähnlichste Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>The most similar other person, by their two most similar faces.</source>
        <translation>Die ähnlichste andere Person, nach den beiden ähnlichsten Gesichtern.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Latest change first. Undo: Ctrl+Z. Redo: Ctrl+Shift+Z.</source>
        <translation>Letzte Änderung zuerst. Widerrufen: Strg+Z. Wiederholen: Strg+Umschalt+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts zu widerrufen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Changes, latest first</source>
        <translation>Änderungen, letzte zuerst</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Changes that can be undone or redone, latest first (↑ ↓)</source>
        <translation>Änderungen, die sich widerrufen oder wiederholen lassen, letzte zuerst (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>{step} (undone)</source>
        <translation>{step} (widerrufen)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <location filename="../../../face_match/gui/review/page.py"/>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>Search, photos of a person</source>
        <translation>Suche, Fotos einer Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Unnamed faces</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>People and their faces</source>
        <translation>Personen und ihre Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Threshold</source>
        <translation>Schwellenwert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Wrong suggestions</source>
        <translation>Falsche Vorschläge</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>False matches (95 % range)</source>
        <translation>Falsche Treffer (95-%-Bereich)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Missed (95 % range)</source>
        <translation>Übersehen (95-%-Bereich)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The score from which a name is suggested</source>
        <translation>Der Wert, ab dem ein Name vorgeschlagen wird</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>How many strangers would get somebody’s name</source>
        <translation>Wie viele Fremde den Namen von jemandem bekämen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The share of comparisons of two different people that reach the threshold</source>
        <translation>Der Anteil der Vergleiche zweier verschiedener Personen, die den Schwellenwert erreichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The share of known faces that get no suggestion</source>
        <translation>Der Anteil der bekannten Gesichter, die keinen Vorschlag bekommen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>There are no more rows with a higher threshold, because too few faces of this gallery would match there.</source>
        <translation>Es gibt keine weiteren Zeilen mit einem höheren Schwellenwert, weil dort zu wenige Gesichter dieser Galerie übereinstimmen würden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Match accuracy</source>
        <translation>Treffgenauigkeit</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Thresholds and their error rates</source>
        <translation>Schwellenwerte und ihre Fehlerraten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Error rates for each threshold (↑ ↓)</source>
        <translation>Fehlerraten für jeden Schwellenwert (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>&amp;Use this threshold</source>
        <translation>Diesen Schwellenwert &amp;verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Use the threshold of the selected row (Alt+U)</source>
        <translation>Den Schwellenwert der ausgewählten Zeile verwenden (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Comparing faces …</source>
        <translation>Gesichter werden verglichen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Measuring accuracy</source>
        <translation>Genauigkeit wird gemessen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>A higher threshold suggests fewer wrong names, but misses more known faces. The rates come from {faces} faces of this gallery; the ranges in brackets show how far they may be off.</source>
        <translation>Ein höherer Schwellenwert schlägt weniger falsche Namen vor, übersieht aber mehr bekannte Gesichter. Die Raten stammen von {faces} Gesichtern dieser Galerie; die Bereiche in Klammern zeigen, wie weit sie abweichen können.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{threshold} (in use)</source>
        <translation>{threshold} (in Verwendung)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{threshold} (default)</source>
        <translation>{threshold} (Standard)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{rate} ({range})</source>
        <translation>{rate} ({range})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>What it does</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Networks (*.onnx)</source>
        <translation>Netze (*.onnx)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>If you change the embedder, all faces of the gallery are embedded again. A new detector does not change known faces. The command line can measure which model is better for your photos.</source>
        <translation>Mit einem anderen Erkennungsmodell werden die Merkmale aller Gesichter der Galerie neu berechnet. Ein anderer Detektor ändert bekannte Gesichter nicht. Die Befehlszeile kann messen, welches Modell für die eigenen Fotos besser ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Details of the selected model</source>
        <translation>Einzelheiten zum ausgewählten Modell</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/shell/secret_page.py"/>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Add …</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add an ONNX file as a model (Alt+A)</source>
        <translation>Eine ONNX-Datei als Modell hinzufügen (Alt+H)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Download …</source>
        <translation>&amp;Laden …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download the selected model (Alt+D)</source>
        <translation>Das ausgewählte Modell herunterladen (Alt+L)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Delete the file of the selected model (Alt+R). Its embeddings are kept</source>
        <translation>Die Datei des ausgewählten Modells löschen (Alt+E). Damit berechnete Merkmale bleiben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Use</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Switch to the selected model (Alt+U)</source>
        <translation>Zum ausgewählten Modell wechseln (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Testing {name} …</source>
        <translation>{name} wird getestet …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Switching to {title} …</source>
        <translation>Wechsel zu {title} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title} is in use.</source>
        <translation>{title} ist in Verwendung.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Downloading {title} …</source>
        <translation>{title} wird geladen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download {title}</source>
        <translation>{title} herunterladen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download {title} ({size})?</source>
        <translation>{title} herunterladen ({size})?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>From: {url}

The server learns your IP address and which file you download. Nothing about your photos is sent.</source>
        <translation>Von: {url}

Der Server erfährt die IP-Adresse und welche Datei geladen wird. Über die Fotos wird nichts gesendet.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Download</source>
        <translation>Herunter&amp;laden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add {model}</source>
        <translation>{model} hinzufügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/widgets/name_edit.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The name in lists</source>
        <translation>Der Name in Listen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Shown with the model</source>
        <translation>Wird beim Modell gezeigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>A web address, or where you have it from</source>
        <translation>Eine Webadresse, oder woher die Datei stammt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The pixel range that the network expects</source>
        <translation>Der Wertebereich der Pixel, den das Netz erwartet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The colour order that the network expects</source>
        <translation>Die Reihenfolge der Farben, die das Netz erwartet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add the file as a model (Enter)</source>
        <translation>Die Datei als Modell hinzufügen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Licence:</source>
        <translation>&amp;Lizenz:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Source:</source>
        <translation>&amp;Quelle:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Pixels:</source>
        <translation>&amp;Pixel:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Colours:</source>
        <translation>&amp;Farben:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title}: detects faces. Tested: {checks}.</source>
        <translation>{title}: findet Gesichter. Getestet: {checks}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title}: embeds faces in {dimensions} dimensions. Tested: {checks}.</source>
        <translation>{title}: erkennt Gesichter an {dimensions} Merkmalen. Getestet: {checks}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Also tested on {n} faces of this gallery.</source>
        <translation>
            <numerusform>Auch an {n} Gesicht dieser Galerie getestet.</numerusform>
            <numerusform>Auch an {n} Gesichtern dieser Galerie getestet.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Many models do not allow commercial use. Enter the licence and the source of this one.</source>
        <translation>Viele Modelle erlauben keine kommerzielle Nutzung. Lizenz und Quelle dieses Modells eingeben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>as tested</source>
        <translation>wie getestet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Models that are installed or available to download (↑ ↓)</source>
        <translation>Installierte und zum Download verfügbare Modelle (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>There is no folder “{folder}” yet. Make it?</source>
        <translation>Den Ordner „{folder}“ gibt es noch nicht. Anlegen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>&amp;Make the folder</source>
        <translation>Ordner &amp;anlegen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Records, crops and backups will be encrypted with AES-256. Your photos themselves stay readable. On some disks, the deleted unencrypted files can be recovered until they are overwritten.</source>
        <translation>Datensätze, Ausschnitte und Sicherungen werden mit AES-256 verschlüsselt. Die Fotos selbst bleiben lesbar. Auf manchen Datenträgern lassen sich die gelöschten unverschlüsselten Dateien wiederherstellen, bis sie überschrieben sind.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Keep the passphrase safe. Without it, nobody can open the gallery again.</source>
        <translation>Die Passphrase gut aufbewahren. Ohne sie lässt sich die Galerie nie wieder öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>The gallery will open without a passphrase, but only on this computer and in your user account.</source>
        <translation>Die Galerie öffnet sich ohne Passphrase, aber nur auf diesem Computer und in diesem Benutzerkonto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Earlier copies of the gallery, such as backups, still open with the old passphrase.</source>
        <translation>Frühere Kopien der Galerie, etwa Sicherungen, lassen sich weiterhin mit der alten Passphrase öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Until now, the system’s keyring opens the gallery. The new passphrase will open it on any computer.</source>
        <translation>Bisher öffnet der Schlüsselbund des Systems die Galerie. Die neue Passphrase öffnet sie auf jedem Computer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>The passphrases are different.</source>
        <translation>Die Passphrasen sind verschieden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>This passphrase is easy to guess by trying. Four words that do not belong together, or twelve mixed characters, are safe. You can use it anyway.</source>
        <translation>Diese Passphrase ist durch Ausprobieren leicht zu erraten. Sicher sind vier Wörter ohne Zusammenhang oder zwölf gemischte Zeichen. Sie darf trotzdem verwendet werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Encrypt the gallery</source>
        <translation>Galerie verschlüsseln</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Unlock with a &amp;passphrase</source>
        <translation>Mit &amp;Passphrase entsperren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Unlock with the system’s &amp;keyring</source>
        <translation>Mit dem &amp;Schlüsselbund des Systems entsperren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Repeat the passphrase</source>
        <translation>Passphrase wiederholen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Passphrase:</source>
        <translation>Passphrase:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Repeat:</source>
        <translation>&amp;Wiederholen:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Encrypt</source>
        <translation>&amp;Verschlüsseln</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Encrypt the gallery (Enter)</source>
        <translation>Die Galerie verschlüsseln (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Current passphrase</source>
        <translation>Aktuelle Passphrase</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Repeat the new passphrase</source>
        <translation>Neue Passphrase wiederholen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Current passphrase:</source>
        <translation>&amp;Aktuelle Passphrase:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;New passphrase:</source>
        <translation>&amp;Neue Passphrase:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change &amp;passphrase</source>
        <translation>&amp;Passphrase ändern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change the passphrase (Enter)</source>
        <translation>Die Passphrase ändern (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>About the passphrase</source>
        <translation>Über die Passphrase</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>Type any part of a name (Enter accepts it)</source>
        <translation>Einen Teil des Namens eingeben (die Eingabetaste übernimmt)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>What will be done</source>
        <translation>Was geschehen wird</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>Use this person (Enter)</source>
        <translation>Diese Person verwenden (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open photos</source>
        <translation>Fotos öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open a folder of photos</source>
        <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open “{photo}” from {share}?</source>
        <translation>„{photo}“ von {share} öffnen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Network share</source>
        <translation>Netzwerkfreigabe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>The server learns your user name.</source>
        <translation>Der Server erfährt den Benutzernamen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Remove {n} near-duplicates of {people}?</source>
        <translation>
            <numerusform>{n} nahezu gleiches Gesicht von {people} entfernen?</numerusform>
            <numerusform>{n} nahezu gleiche Gesichter von {people} entfernen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>The largest face of nearly the same picture is kept. The others go to Ignored, and their photos then no longer count as photos of {people}.</source>
        <translation>
            <numerusform>Das größte Gesicht fast desselben Bildes bleibt. Das andere kommt zu den ignorierten, und sein Foto zählt dann nicht mehr als eines von {people}.</numerusform>
            <numerusform>Das größte Gesicht fast desselben Bildes bleibt. Die anderen kommen zu den ignorierten, und ihre Fotos zählen dann nicht mehr als Fotos von {people}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Delete {name} for good?</source>
        <translation>{name} endgültig löschen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>This deletes the faces of {name} that have no other name now, what the backups have of {name}, and earlier changes to {name}. It cannot be undone. Your photos are not changed.</source>
        <translation>Gelöscht werden die Gesichter von {name}, die jetzt keinen anderen Namen haben, alles über {name} in den Sicherungen und frühere Änderungen an {name}. Das lässt sich nicht widerrufen. Die Fotos werden nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>&amp;Delete for good</source>
        <translation>Endgültig &amp;löschen</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>This deletes {n} faces and their crops, what the backups have of {name}, and earlier changes to {name}. It cannot be undone. Your photos are not changed.</source>
        <translation>
            <numerusform>Gelöscht werden {n} Gesicht mit Ausschnitt, alles über {name} in den Sicherungen und frühere Änderungen an {name}. Das lässt sich nicht widerrufen. Die Fotos werden nicht geändert.</numerusform>
            <numerusform>Gelöscht werden {n} Gesichter mit Ausschnitten, alles über {name} in den Sicherungen und frühere Änderungen an {name}. Das lässt sich nicht widerrufen. Die Fotos werden nicht geändert.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>What restoring changes</source>
        <translation>Was die Wiederherstellung ändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <location filename="../../../face_match/gui/people/person_covers.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Faces with a name</source>
        <translation>Benannte Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>After restoring</source>
        <translation>Danach</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Restoring this backup would change nothing.</source>
        <translation>Diese Sicherung wiederherzustellen würde nichts ändern.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Brings back {people}.</source>
        <translation>Bringt zurück: {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Removes {people}.</source>
        <translation>Entfernt: {people}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces are added.</source>
        <translation>
            <numerusform>{n} Gesicht kommt hinzu.</numerusform>
            <numerusform>{n} Gesichter kommen hinzu.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces are removed.</source>
        <translation>
            <numerusform>{n} Gesicht fällt weg.</numerusform>
            <numerusform>{n} Gesichter fallen weg.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces change.</source>
        <translation>
            <numerusform>{n} Gesicht ändert sich.</numerusform>
            <numerusform>{n} Gesichter ändern sich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces lose their names.</source>
        <translation>
            <numerusform>{n} Gesicht verliert seinen Namen.</numerusform>
            <numerusform>{n} Gesichter verlieren ihren Namen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The cover photos or the birth dates of {n} people change.</source>
        <translation>
            <numerusform>Titelbild oder Geburtsdatum von {n} Person ändert sich.</numerusform>
            <numerusform>Titelbild oder Geburtsdatum von {n} Personen ändert sich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The crops of {n} faces are missing.</source>
        <translation>
            <numerusform>Der Ausschnitt von {n} Gesicht fehlt.</numerusform>
            <numerusform>Die Ausschnitte von {n} Gesichtern fehlen.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The current records cannot be read. They are kept as a file beside the restored ones.</source>
        <translation>Die aktuellen Daten sind nicht lesbar. Sie bleiben als Datei neben den wiederhergestellten erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>You can undo this.</source>
        <translation>Das lässt sich widerrufen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Renames {now} to {then}.</source>
        <translation>{now} heißt dann {then}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} other people are renamed.</source>
        <translation>
            <numerusform>{n} weitere Person wird umbenannt.</numerusform>
            <numerusform>{n} weitere Personen werden umbenannt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted, and the server is checked</source>
        <translation>Verschlüsselt, und der Server wird geprüft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted</source>
        <translation>Verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted where the server can</source>
        <translation>Verschlüsselt, wo der Server es kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Ask the administrator of the server for these. You can also paste an address: postgresql://…</source>
        <translation>Der Administrator des Servers kennt diese Angaben. Sie können auch eine Adresse einfügen: postgresql://…</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>The connection is not encrypted: others on the network can read names and see faces. Choose “Encrypted”, or open the gallery all the same.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Andere im Netz können Namen lesen und Gesichter sehen. Wählen Sie „Verschlüsselt“, oder öffnen Sie die Galerie trotzdem.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Open a gallery on a server</source>
        <translation>Galerie auf einem Server öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the computer, or a whole address</source>
        <translation>Name des Computers oder eine ganze Adresse</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the database</source>
        <translation>Name der Datenbank</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the gallery: a schema</source>
        <translation>Name der Galerie: ein Schema</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of your user on the server</source>
        <translation>Name Ihres Benutzers auf dem Server</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Leave it empty if none is needed</source>
        <translation>Leer lassen, wenn keines nötig ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>&amp;Remember the password in the system’s keyring</source>
        <translation>Passwort im Schlüsselbund des Systems &amp;merken</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>It is stored nowhere else (Alt+R)</source>
        <translation>Es wird nirgends sonst gespeichert (Alt+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Protection of the connection</source>
        <translation>Schutz der Verbindung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>How the connection over the network is protected</source>
        <translation>Wie die Verbindung über das Netz geschützt ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>About the connection</source>
        <translation>Zur Verbindung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Connect and open it (Enter)</source>
        <translation>Verbinden und öffnen (Eingabe)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Server:</source>
        <translation>&amp;Server:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Database:</source>
        <translation>&amp;Datenbank:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Gallery:</source>
        <translation>&amp;Galerie:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;User:</source>
        <translation>&amp;Benutzer:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Co&amp;nnection:</source>
        <translation>&amp;Verbindung:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Connecting …</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Open anyway</source>
        <translation>&amp;Trotzdem öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/sheet.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Skipped photos</source>
        <translation>Übersprungene Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Photos and reasons</source>
        <translation>Fotos und Gründe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Skipped photos (↑ ↓)</source>
        <translation>Übersprungene Fotos (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>{what}: {count}, in {folder}.</source>
        <translation>{what}: {count}, in {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>The first {count} are listed.</source>
        <translation>Die ersten {count} sind aufgeführt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>The user guide (↑ ↓ scroll)</source>
        <translation>Das Handbuch (↑ ↓ blättern)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>The guide is in docs/user-guide.md of the program’s source code.</source>
        <translation>Das Handbuch ist docs/user-guide.md im Quelltext des Programms.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Face regions</source>
        <translation>&amp;Gesichtsbereiche</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names with their places (MWG): digiKam, Lightroom, Immich, PhotoPrism and others.</source>
        <translation>Namen mit ihrer Stelle im Bild (MWG): digiKam, Lightroom, Immich, PhotoPrism und andere.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Face regions of &amp;Microsoft</source>
        <translation>Gesichtsbereiche von &amp;Microsoft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names with their places, for Windows Photo Gallery and programs that read its form alone.</source>
        <translation>Namen mit ihrer Stelle im Bild, für die Windows-Fotogalerie und Programme, die nur deren Form lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;List of people</source>
        <translation>&amp;Liste der Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names without places (PersonInImage), for programs that know no regions.</source>
        <translation>Namen ohne Stelle im Bild (PersonInImage), für Programme, die keine Bereiche kennen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Keywords</source>
        <translation>&amp;Stichwörter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>“People/Name” among the keywords, so that every program finds the photos.</source>
        <translation>„People/Name“ unter den Stichwörtern, damit jedes Programm die Fotos findet.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Sidecars beside the photos</source>
        <translation>&amp;Begleitdateien neben den Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names are written to XMP sidecars. The photos are not changed.</source>
        <translation>Namen werden in XMP-Begleitdateien geschrieben. Die Fotos werden nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Into the &amp;photos</source>
        <translation>In die &amp;Fotos selbst</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>JPEG, PNG, WebP and TIFF files are rewritten, with the picture unchanged; others get a sidecar.</source>
        <translation>JPEG, PNG, WebP und TIFF werden neu geschrieben, das Bild bleibt; andere erhalten eine Begleitdatei.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Write names to photos and sidecars</source>
        <translation>Namen in Fotos und Begleitdateien schreiben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Forms</source>
        <translation>Formen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Choose folder …</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Choose the folder of the photos (Enter)</source>
        <translation>Den Ordner der Fotos wählen (Eingabe)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Archives of Face Match (*.zip)</source>
        <translation>Archive von Face Match (*.zip)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Photos are copied into one folder for each person in them.</source>
        <translation>Fotos werden für jede Person darin in einen eigenen Ordner kopiert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Each person gets a folder there. Existing files are not overwritten.</source>
        <translation>Jede Person bekommt dort einen Ordner. Vorhandene Dateien werden nicht überschrieben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Catalogues (digikam4.db *.lrcat contacts.xml backup.xml)</source>
        <translation>Kataloge (digikam4.db *.lrcat contacts.xml backup.xml)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Names are read from the photos, from XMP sidecars, and from the files of Picasa, digiKam, Lightroom and Google Takeout in the folder.</source>
        <translation>Namen werden aus den Fotos, aus XMP-Begleitdateien und aus den Dateien von Picasa, digiKam, Lightroom und Google Takeout im Ordner gelesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Choose the catalogue: digikam4.db of digiKam, a .lrcat file of Lightroom, or contacts.xml of Picasa. Close the program first. The catalogue is not changed.</source>
        <translation>Wählen Sie den Katalog: digikam4.db von digiKam, eine .lrcat-Datei von Lightroom oder contacts.xml von Picasa. Schließen Sie vorher das Programm. Der Katalog wird nicht verändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Now choose the folder with the photos of the catalogue.</source>
        <translation>Wählen Sie nun den Ordner mit den Fotos des Katalogs.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Each subfolder of the folder you choose is one person, with the name of the subfolder.</source>
        <translation>Jeder Unterordner des gewählten Ordners ist eine Person mit dem Namen des Unterordners.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Every file of the gallery is copied and compared. Then the files in the old folder are deleted.</source>
        <translation>Jede Datei der Galerie wird kopiert und verglichen. Dann werden die Dateien im alten Ordner gelöscht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the archive will not be. Anyone who has it can see all faces and names.</source>
        <translation>Die Galerie ist verschlüsselt, das Archiv ist es nicht. Wer es hat, kann alle Gesichter und Namen sehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the sidecars will not be. Anyone who has the photos can read the names.</source>
        <translation>Die Galerie ist verschlüsselt, die Begleitdateien sind es nicht. Wer die Fotos hat, kann die Namen lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the table will not be. Anyone who has it can read the names.</source>
        <translation>Die Galerie ist verschlüsselt, die Tabelle ist es nicht. Wer sie hat, kann die Namen lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the folders will not be. Anyone who has them can read the names.</source>
        <translation>Die Galerie ist verschlüsselt, die Ordner sind es nicht. Wer sie hat, kann die Namen lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>A gallery on a server is backed up by its administrators. An archive (Export) is a copy of it.</source>
        <translation>Eine Galerie auf einem Server sichern dessen Administratoren. Ein Archiv (Exportieren) ist eine Kopie davon.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>This gallery is in the database of a server.</source>
        <translation>Diese Galerie liegt in der Datenbank eines Servers.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The administrators of the server encrypt its disks.</source>
        <translation>Die Administratoren des Servers verschlüsseln dessen Datenträger.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>To move a gallery to or from a server, choose Export → The whole gallery, open the other gallery, and choose Import → An archive of another gallery.</source>
        <translation>Um eine Galerie auf einen Server oder von dort zu verschieben: Export → Ganze Galerie wählen, die andere Galerie öffnen und Import → Archiv einer anderen Galerie wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Finish e&amp;ncrypting</source>
        <translation>Verschlüsselung abs&amp;chließen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>E&amp;ncrypt …</source>
        <translation>Vers&amp;chlüsseln …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Use &amp;JSON storage</source>
        <translation>&amp;JSON verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Use S&amp;QLite storage</source>
        <translation>&amp;SQLite verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Begin a new gallery here?</source>
        <translation>Hier eine neue Galerie beginnen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>There is no gallery in {folder}.</source>
        <translation>In {folder} ist keine Galerie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Begin a new gallery</source>
        <translation>Neue Galerie &amp;beginnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder to move the gallery to</source>
        <translation>Ordner, in den die Galerie verschoben wird</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Export unencrypted</source>
        <translation>Unverschlüsselt &amp;exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export the whole gallery</source>
        <translation>Ganze Galerie exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export the gallery</source>
        <translation>Galerie exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import an archive</source>
        <translation>Archiv importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import people from folders</source>
        <translation>Personen aus Ordnern importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import names</source>
        <translation>Namen importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import names from a catalogue</source>
        <translation>Namen aus einem Katalog importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder of the photos</source>
        <translation>Ordner der Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Write unencrypted</source>
        <translation>Unverschlüsselt &amp;schreiben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export face list</source>
        <translation>Gesichterliste exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder for the copies</source>
        <translation>Ordner für die Kopien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder of the photos to export</source>
        <translation>Ordner der Fotos, die exportiert werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Write names without encryption?</source>
        <translation>Namen unverschlüsselt schreiben?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Decrypt this gallery?</source>
        <translation>Diese Galerie entschlüsseln?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Anyone who can read the gallery’s folder will be able to see all faces and names.</source>
        <translation>Wer den Ordner der Galerie lesen darf, kann dann alle Gesichter und Namen sehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Decrypt</source>
        <translation>&amp;Entschlüsseln</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{name} has {faces}. You will be asked to confirm.</source>
        <translation>{name} hat {faces}. Vor dem Löschen wird noch einmal gefragt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{name} was deleted and can be brought back. This ends that.</source>
        <translation>{name} wurde gelöscht und lässt sich zurückholen. Danach geht das nicht mehr.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>There is no person with this name.</source>
        <translation>Niemand heißt so.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete a person for good</source>
        <translation>Person endgültig löschen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Person to delete:</source>
        <translation>Person, die gelöscht wird:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete …</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete all people for good?</source>
        <translation>Alle Personen endgültig löschen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{people} with {faces}, and all backups will be deleted. This cannot be undone. Archives that you exported are not deleted.</source>
        <translation>{people} mit {faces} und alle Sicherungen werden gelöscht. Das lässt sich nicht widerrufen. Exportierte Archive werden nicht gelöscht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Delete all people</source>
        <translation>Alle Personen &amp;löschen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open photos</source>
        <translation>Fotos öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>import a folder: scan its photos for faces</source>
        <translation>einen Ordner importieren: Gesichter suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>paste a photo</source>
        <translation>ein Foto einfügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the people</source>
        <translation>die Personen zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the unnamed faces</source>
        <translation>die unbenannten Gesichter zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>go to the search field; ↓ or Tab takes a name that drops down</source>
        <translation>zum Suchfeld; ↓ oder Tab übernimmt einen Namen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>back to the page before the photo, or to the last search</source>
        <translation>zurück zur Seite vor dem Foto oder zur letzten Suche</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>undo, redo</source>
        <translation>widerrufen, wiederholen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the history</source>
        <translation>den Verlauf zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>this page</source>
        <translation>diese Seite</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>confirm the match, or use the name typed</source>
        <translation>den Treffer bestätigen oder den eingegebenen Namen verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>type a name; on a suggestion, N, X and B are commands</source>
        <translation>einen Namen eingeben; bei einem Vorschlag sind N, X und B Befehle</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: someone else</source>
        <translation>bei einem Vorschlag: jemand anderes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: not them</source>
        <translation>bei einem Vorschlag: nicht diese Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>not them: remove the name or the match; of a drawn box without a name, the box</source>
        <translation>nicht diese Person: den Namen oder den Treffer entfernen; bei einem gezeichneten Rahmen ohne Namen den Rahmen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose a match</source>
        <translation>einen Treffer wählen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next face; past the last one, the next photo</source>
        <translation>vorheriges, nächstes Gesicht; nach dem letzten das nächste Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next photo</source>
        <translation>vorheriges, nächstes Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>ignore the face, or no longer</source>
        <translation>das Gesicht ignorieren, oder nicht mehr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>compare two faces in large, or show the photo again</source>
        <translation>zwei Gesichter groß vergleichen, oder wieder das Foto zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>draw a box around a missed face; on a suggestion also B</source>
        <translation>einen Rahmen um ein übersehenes Gesicht ziehen; bei einem Vorschlag auch B</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>turn the photo</source>
        <translation>das Foto drehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>fit the photo into the window (F: without a face)</source>
        <translation>das Foto einpassen (F: ohne Gesicht)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>zoom</source>
        <translation>zoomen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>find small faces in large photos, on or off</source>
        <translation>kleine Gesichter in großen Fotos suchen, an oder aus</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>go to the threshold</source>
        <translation>zum Schwellenwert gehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>clear the name; to the matches; back to the search, person, group or all photos</source>
        <translation>den Namen löschen; zu den Treffern; zurück zu Suche, Person, Gruppe oder allen Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>confirm the suggestion, or name the faces as typed</source>
        <translation>Vorschlag bestätigen, oder wie eingegeben benennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>start the name; on a suggestion, any but n and x</source>
        <translation>den Namen beginnen; bei einem Vorschlag alle außer n und x</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: someone else, type the name</source>
        <translation>bei einem Vorschlag: jemand anderes, Namen eingeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: not them, do not suggest them again</source>
        <translation>bei einem Vorschlag: nicht diese Person, nicht mehr vorschlagen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose a face, with Shift several; choose all</source>
        <translation>ein Gesicht wählen, mit Umschalt mehrere; alle wählen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>remove the faces from the group</source>
        <translation>die Gesichter aus der Gruppe entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>take the one name that is suggested while you type</source>
        <translation>den einzigen vorgeschlagenen Namen übernehmen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>same as another group: press here, go there, press Enter</source>
        <translation>gleich einer anderen Gruppe: hier, dann dort Eingabetaste</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>ignore the faces</source>
        <translation>die Gesichter ignorieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the whole photo, or the group again</source>
        <translation>das ganze Foto zeigen, oder wieder die Gruppe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>size of the faces; or Ctrl with the mouse wheel</source>
        <translation>Größe der Gesichter; oder Strg mit dem Mausrad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next group</source>
        <translation>vorherige, nächste Gruppe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>all that can be done with the faces</source>
        <translation>alles, was mit den Gesichtern geschehen kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>cancel the name, the photo, or the choice of another group</source>
        <translation>den Namen, das Foto oder die Gruppenwahl abbrechen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the person; in a person’s photos, the photo</source>
        <translation>die Person öffnen; unter den Fotos einer Person das Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>back to all people</source>
        <translation>zurück zu allen Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>find a name</source>
        <translation>einen Namen finden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose several people, or faces</source>
        <translation>mehrere Personen oder Gesichter wählen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose all</source>
        <translation>alle wählen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the person’s photos, faces</source>
        <translation>die Fotos, die Gesichter der Person zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>rename the person</source>
        <translation>die Person umbenennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>set the person’s birth date</source>
        <translation>das Geburtsdatum der Person festlegen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>merge the people into one</source>
        <translation>die Personen zu einer zusammenführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>delete the people; of faces, remove the name</source>
        <translation>die Personen löschen; bei Gesichtern den Namen entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>delete the person for good</source>
        <translation>die Person endgültig löschen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>move the faces to another person; or drag them there</source>
        <translation>Gesichter zu einer anderen Person verschieben; oder ziehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>move faces marked “?” to the other person</source>
        <translation>Gesichter mit „?“ zu der anderen Person verschieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>remove near-duplicates</source>
        <translation>nahezu gleiche Gesichter entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo of the face (or double-click)</source>
        <translation>das Foto des Gesichts öffnen (oder Doppelklick)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>use the face as the person’s cover photo</source>
        <translation>das Gesicht als Titelbild der Person verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>sort the people</source>
        <translation>die Personen sortieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>more to do with the person</source>
        <translation>weitere Aktionen für die Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>all photos, those with unnamed faces, those without a face</source>
        <translation>alle Fotos, die mit unbenannten Gesichtern, die ohne Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo; Page Down then shows the next one of the grid</source>
        <translation>das Foto öffnen; Bild ab zeigt dann das nächste</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo, or ask where it is if it is missing</source>
        <translation>das Foto öffnen, oder fragen, wo es ist, wenn es fehlt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose all photos</source>
        <translation>alle Fotos wählen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>export copies of the chosen photos, or of all</source>
        <translation>Kopien der gewählten oder aller Fotos exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>size of the photos; or Ctrl with the mouse wheel</source>
        <translation>Größe der Fotos; oder Strg mit dem Mausrad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>what else can be done with the photos</source>
        <translation>was mit den Fotos sonst geschehen kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <source>&amp;Conflicts ({count}) …</source>
        <translation>&amp;Konflikte ({count}) …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Conflicts …</source>
        <translation>&amp;Konflikte …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <source>Model: {model}</source>
        <translation>Modell: {model}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Widerrufen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Hi&amp;story …</source>
        <translation>&amp;Verlauf …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Unnamed &amp;faces</source>
        <translation>Unbenannte &amp;Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>P&amp;hoto</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Ignored faces</source>
        <translation>&amp;Ignorierte Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Draw a box around a face	Ctrl+B</source>
        <translation>&amp;Rahmen um ein Gesicht ziehen	Strg+B</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Import</source>
        <translation>&amp;Import</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Open photos …</source>
        <translation>&amp;Fotos öffnen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Open a folder &amp;photo by photo …</source>
        <translation>Ordner Foto &amp;um Foto öffnen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Paste a p&amp;hoto</source>
        <translation>Foto ei&amp;nfügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Import a &amp;folder …</source>
        <translation>&amp;Ordner importieren …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Names from photos and sidecars …</source>
        <translation>N&amp;amen aus Fotos und Begleitdateien …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Names from other p&amp;rograms …</source>
        <translation>Namen aus anderen Pro&amp;grammen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>People from fol&amp;ders …</source>
        <translation>&amp;Personen aus Ordnern …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>An &amp;archive of another gallery …</source>
        <translation>A&amp;rchiv einer anderen Galerie …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Export</source>
        <translation>&amp;Export</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Photos by &amp;person …</source>
        <translation>Fotos nach &amp;Personen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Face &amp;list (CSV) …</source>
        <translation>Gesichter&amp;liste (CSV) …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Names to photos and &amp;sidecars …</source>
        <translation>Namen in Fotos und &amp;Begleitdateien …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>The gallery as an &amp;archive …</source>
        <translation>Galerie als &amp;Archiv …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>The &amp;whole gallery, to move it …</source>
        <translation>&amp;Ganze Galerie, zum Verschieben …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Backup &amp;&amp; privacy</source>
        <translation>&amp;Sicherung &amp;&amp; Datenschutz</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Back up now</source>
        <translation>Jetzt &amp;sichern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Restore a backup …</source>
        <translation>Sicherung &amp;wiederherstellen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Check the gallery …</source>
        <translation>Galerie &amp;prüfen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Chan&amp;ge the passphrase …</source>
        <translation>Passphrase ä&amp;ndern …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Decr&amp;ypt …</source>
        <translation>&amp;Entschlüsseln …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Delete a &amp;person for good …</source>
        <translation>Person en&amp;dgültig löschen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Delete &amp;all people …</source>
        <translation>&amp;Alle Personen löschen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Settings</source>
        <translation>Einste&amp;llungen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Match accuracy …</source>
        <translation>&amp;Treffgenauigkeit …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Mode&amp;ls …</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Get FaceNet …</source>
        <translation>&amp;FaceNet laden …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Find &amp;small faces</source>
        <translation>&amp;Kleine Gesichter suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Galler&amp;y</source>
        <translation>&amp;Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Open another gallery …</source>
        <translation>Eine andere Galerie &amp;öffnen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Move the gallery …</source>
        <translation>Die Galerie &amp;verschieben …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Show the gallery’s &amp;folder</source>
        <translation>Ordner der Galerie &amp;zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Ad&amp;vanced</source>
        <translation>&amp;Erweitert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Keyboard</source>
        <translation>&amp;Tastatur</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;User guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;About Face Match</source>
        <translation>&amp;Über Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Model in &amp;use</source>
        <translation>Modell in &amp;Verwendung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Open &amp;photo</source>
        <translation>&amp;Foto öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Open the photo of the selected face</source>
        <translation>Das Foto des ausgewählten Gesichts öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>M&amp;ove to …</source>
        <translation>&amp;Verschieben zu …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move the selected faces to another person</source>
        <translation>Die ausgewählten Gesichter zu einer anderen Person verschieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move to the person it looks &amp;more like</source>
        <translation>Zur ähn&amp;licheren Person verschieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move selected faces marked “?” to the person they look more like</source>
        <translation>Ausgewählte Gesichter mit „?“ zu der Person verschieben, der sie ähnlicher sehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Set as co&amp;ver</source>
        <translation>Als &amp;Titelbild</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Use the selected face as the cover photo</source>
        <translation>Das ausgewählte Gesicht als Titelbild verwenden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>R&amp;emove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove the names of the selected faces, which become unnamed</source>
        <translation>Die Namen der ausgewählten Gesichter entfernen; sie sind dann unbenannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove &amp;near-duplicates …</source>
        <translation>&amp;Nahezu gleiche entfernen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Near-duplicates …</source>
        <translation>Nahezu gleiche …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a face that is marked “?” first.</source>
        <translation>Wählen Sie zuerst ein Gesicht mit dem Zeichen „?“ aus.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a face first: click one, or press an arrow key.</source>
        <translation>Wählen Sie zuerst ein Gesicht aus: mit einem Klick oder einer Pfeiltaste.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a single face for that.</source>
        <translation>Wählen Sie dafür ein einzelnes Gesicht aus.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>This face is the cover photo already.</source>
        <translation>Dieses Gesicht ist bereits das Titelbild.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Type a name, or part of it. A new name makes a new person.</source>
        <translation>Einen Namen oder einen Teil davon eingeben. Ein neuer Name legt eine neue Person an.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>A new person will be added, with these {n} faces.</source>
        <translation>
            <numerusform>Eine neue Person mit diesem Gesicht wird angelegt.</numerusform>
            <numerusform>Eine neue Person mit diesen {n} Gesichtern wird angelegt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move faces</source>
        <translation>Gesichter verschieben</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move these {n} faces to:</source>
        <translation>
            <numerusform>Dieses Gesicht verschieben zu:</numerusform>
            <numerusform>Diese {n} Gesichter verschieben zu:</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>&amp;Move</source>
        <translation>&amp;Verschieben</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>{name} already has these {n} faces.</source>
        <translation>
            <numerusform>{name} hat dieses Gesicht schon.</numerusform>
            <numerusform>{name} hat diese {n} Gesichter schon.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>{name} will have {n} faces.</source>
        <translation>
            <numerusform>{name} hat dann {n} Gesicht.</numerusform>
            <numerusform>{name} hat dann {n} Gesichter.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>&amp;Show again</source>
        <translation>&amp;Wieder zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Show the selected faces among the unnamed ones again</source>
        <translation>Die ausgewählten Gesichter wieder unter den unbenannten zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Ignored faces</source>
        <translation>Ignorierte Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Nobody is asked who these are. Faces that are shown again wait under Unnamed faces.</source>
        <translation>Nach diesen Gesichtern wird nicht gefragt. Wieder gezeigte warten unter Unbenannt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>What ignored faces are</source>
        <translation>Was ignorierte Gesichter sind</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>No faces are ignored.</source>
        <translation>Es werden keine Gesichter ignoriert.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>{n} selected</source>
        <translation>
            <numerusform>{n} ausgewählt</numerusform>
            <numerusform>{n} ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Arrow keys choose a face, with Shift or Ctrl several (Ctrl+A: all). Enter shows them again.</source>
        <translation>Pfeiltasten wählen ein Gesicht, mit Umschalt oder Strg mehrere (Strg+A: alle). Die Eingabetaste zeigt sie wieder.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Ignored face {number} of {count}.</source>
        <translation>Ignoriertes Gesicht {number} von {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Found on {date}.</source>
        <translation>Gefunden am {date}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort the people (Ctrl+Shift+S)</source>
        <translation>Personen sortieren (Strg+Umschalt+S)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Select nobody (Escape)</source>
        <translation>Auswahl aufheben (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: most faces</source>
        <translation>Sortiert: meiste Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: name</source>
        <translation>Sortiert: Name</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: last added</source>
        <translation>Sortiert: zuletzt hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Most &amp;faces</source>
        <translation>Meiste &amp;Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Last &amp;added</source>
        <translation>&amp;Zuletzt hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Rename the person</source>
        <translation>Die Person umbenennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Birth date …</source>
        <translation>&amp;Geburtsdatum …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Set the person’s birth date</source>
        <translation>Das Geburtsdatum der Person festlegen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Merge …</source>
        <translation>&amp;Zusammenführen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge people into one</source>
        <translation>Personen zu einer zusammenführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete the selected people; their faces become unnamed</source>
        <translation>Die ausgewählten Personen löschen; ihre Gesichter sind dann unbenannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete for &amp;good …</source>
        <translation>&amp;Endgültig löschen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete the person and the faces for good, also from the backups</source>
        <translation>Die Person und ihre Gesichter endgültig löschen, auch aus den Sicherungen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>The name is taken</source>
        <translation>Der Name ist vergeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Another person is called {name}. Merge the two people?</source>
        <translation>Eine andere Person heißt schon {name}. Die beiden zusammenführen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Merge</source>
        <translation>&amp;Zusammenführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Type a name, or part of it.</source>
        <translation>Einen Namen oder einen Teil davon eingeben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>{name} cannot be merged with itself.</source>
        <translation>{name} kann nicht mit sich selbst zusammengeführt werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge people</source>
        <translation>Personen zusammenführen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge {people} into:</source>
        <translation>{people} zusammenführen mit:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <source>Enter or a click opens a person; Shift or Ctrl selects several</source>
        <translation>Eingabetaste oder Klick öffnet eine Person; Umschalt oder Strg wählt mehrere aus</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_strip.py"/>
        <source>Move to a person</source>
        <translation>Zu einer Person verschieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_strip.py"/>
        <source>Drop faces on a person to move them there, or press Enter for the selected faces</source>
        <translation>Gesichter auf eine Person ziehen oder für die ausgewählten die Eingabetaste drücken</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/person_covers.py"/>
        <source>{name}, {n} faces</source>
        <translation>
            <numerusform>{name}, {n} Gesicht</numerusform>
            <numerusform>{name}, {n} Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/person_covers.py"/>
        <location filename="../../../face_match/gui/phrases.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{n} faces</source>
        <translation>
            <numerusform>{n} Gesicht</numerusform>
            <numerusform>{n} Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Faces that are dragged onto a person below are moved there (F6)</source>
        <translation>Gesichter, die auf eine Person unten gezogen werden, werden dorthin verschoben (F6)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>★ cover photo</source>
        <translation>★ Titelbild</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>≈ nearly the same picture as another one</source>
        <translation>≈ fast das gleiche Bild wie ein anderes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>? looks more like someone else: Ctrl+J moves it there</source>
        <translation>? ähnelt jemand anderem mehr: Strg+J verschiebt es dorthin</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>= the same face of the same photo, twice</source>
        <translation>= dasselbe Gesicht desselben Fotos, doppelt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>2 two faces of one photo</source>
        <translation>2 zwei Gesichter eines Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Face {number} of {count}.</source>
        <translation>Gesicht {number} von {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Almost the same picture as face {number} (similarity {similarity}), which is outlined while this one is chosen.</source>
        <translation>Fast dasselbe Bild wie Gesicht {number} (Ähnlichkeit {similarity}), das umrandet ist, solange dieses gewählt ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>{name}, added {date}.</source>
        <translation>{name}, hinzugefügt am {date}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Cover photo.</source>
        <translation>Titelbild.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Looks more like {name} ({similarity}) than like this person ({own}). Ctrl+J moves it there.</source>
        <translation>Sieht eher aus wie {name} ({similarity}) als wie diese Person ({own}). Strg+J verschiebt es dorthin.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Most similar other person: {name} (similarity {similarity}).</source>
        <translation>Am ähnlichsten: {name} (Ähnlichkeit {similarity}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>Back to all people (Backspace, Escape)</source>
        <translation>Zurück zu allen Personen (Rücktaste, Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>Type the new name (Enter saves it, Escape keeps the old one)</source>
        <translation>Den neuen Namen eingeben (die Eingabetaste speichert, Esc behält den alten)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>born {date}</source>
        <translation>geboren {date}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>most like {name} (similarity {similarity})</source>
        <translation>am ähnlichsten: {name} (Ähnlichkeit {similarity})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>More actions (Ctrl+Shift+M)</source>
        <translation>Weitere Aktionen (Strg+Umschalt+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>All photos of this person (Ctrl+1)</source>
        <translation>Alle Fotos dieser Person (Strg+1)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>The faces of this person (Ctrl+2)</source>
        <translation>Die Gesichter dieser Person (Strg+2)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>What the signs on the faces mean</source>
        <translation>Was die Zeichen auf den Gesichtern bedeuten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>Drag faces onto a person to move them there</source>
        <translation>Gesichter auf eine Person ziehen, um sie dorthin zu verschieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>and</source>
        <translation>und mit sowie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>without</source>
        <translation>ohne nicht kein keine außer minus aber</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>only</source>
        <translation>nur allein</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>People whose names match (arrow keys, Enter)</source>
        <translation>Personen mit passenden Namen (Pfeiltasten, Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Who is “{name}”?</source>
        <translation>Wer ist „{name}“?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No name contains “{text}”</source>
        <translation>Kein Name enthält „{text}“</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>{n} names contain “{text}”</source>
        <translation>
            <numerusform>{n} Name enthält „{text}“</numerusform>
            <numerusform>{n} Namen enthalten „{text}“</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos of only {people}: {count}</source>
        <translation>Fotos nur mit {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos with {people} and without {others}: {count}</source>
        <translation>Fotos mit {people} und ohne {others}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos without {people}: {count}</source>
        <translation>Fotos ohne {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos with {people}: {count}</source>
        <translation>Fotos mit {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Several people have this in their names. Choose one, or type more of the name.</source>
        <translation>Mehrere Personen haben das im Namen. Eine auswählen oder mehr vom Namen eingeben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Nobody has this name. Similar names are below.</source>
        <translation>Niemand heißt so. Ähnliche Namen stehen darunter.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Nobody has this name.</source>
        <translation>Niemand heißt so.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Similar names are below.</source>
        <translation>Ähnliche Namen stehen darunter.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Type a part of a name, “Ada and Grace”, “Ada without Grace”, or “only Ada”.</source>
        <translation>Einen Teil eines Namens eingeben, „Ada und Grace“, „Ada ohne Grace“ oder „nur Ada“.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Add “and”, or “without”, and another name to search for photos of several people.</source>
        <translation>Mit „und“ oder „ohne“ und einem weiteren Namen lassen sich Fotos mehrerer Personen suchen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Only faces with a name are searched for.</source>
        <translation>Gesucht wird nur nach benannten Gesichtern.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photo shows nobody else. Unnamed faces count as other people; ignored ones do not.</source>
        <translation>Auf jedem Foto ist noch jemand. Unbenannte Gesichter zählen als andere Personen, ignorierte nicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photo shows all of them together.</source>
        <translation>Kein Foto zeigt sie alle zusammen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photos were found.</source>
        <translation>Keine Fotos gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>Name them</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>Show the unnamed faces (Ctrl+R)</source>
        <translation>Die unbenannten Gesichter zeigen (Strg+R)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>{n} unnamed faces</source>
        <translation>
            <numerusform>{n} unbenanntes Gesicht</numerusform>
            <numerusform>{n} unbenannte Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>{faces} in {n} groups</source>
        <translation>
            <numerusform>{faces} in {n} Gruppe</numerusform>
            <numerusform>{faces} in {n} Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>from “{folder}”</source>
        <translation>aus „{folder}“</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>from “{folder}” and {n} other folders</source>
        <translation>
            <numerusform>aus „{folder}“ und {n} weiteren Ordner</numerusform>
            <numerusform>aus „{folder}“ und {n} weiteren Ordnern</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>All photos (Ctrl+1)</source>
        <translation>Alle Fotos (Strg+1)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>With unnamed faces</source>
        <translation>Mit unbenannten Gesichtern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>Photos with unnamed faces (Ctrl+2)</source>
        <translation>Fotos mit unbenannten Gesichtern (Strg+2)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>No face found</source>
        <translation>Kein Gesicht gefunden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>Photos in which no face was found (Ctrl+3)</source>
        <translation>Fotos, in denen kein Gesicht gefunden wurde (Strg+3)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>No photo has an unnamed face.</source>
        <translation>Kein Foto hat ein unbenanntes Gesicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>A face was found in every photo.</source>
        <translation>In jedem Foto wurde ein Gesicht gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>Box around a face</source>
        <translation>Rahmen um ein Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>Drag a box around the face, or use the arrow keys (Shift resizes). Enter accepts it, Escape cancels</source>
        <translation>Einen Rahmen um das Gesicht ziehen, oder mit den Pfeiltasten (Umschalt ändert die Größe). Die Eingabetaste übernimmt, Esc bricht ab</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>{width} × {height} pixels at {x}, {y}</source>
        <translation>{width} × {height} Pixel bei {x}, {y}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Photo, and its place in the queue</source>
        <translation>Foto und seine Stelle in der Reihe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Previous photo (PgUp)</source>
        <translation>Vorheriges Foto (Bild↑)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Next photo (PgDn)</source>
        <translation>Nächstes Foto (Bild↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Draw a box around a face (Ctrl+B)</source>
        <translation>Einen Rahmen um ein Gesicht ziehen (Strg+B)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Turn the photo to the left (Ctrl+[)</source>
        <translation>Das Foto nach links drehen (Strg+[)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Turn the photo to the right (Ctrl+])</source>
        <translation>Das Foto nach rechts drehen (Strg+])</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom out (−; Ctrl+0 fits)</source>
        <translation>Verkleinern (−; Strg+0 passt ein)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Fit the photo into the window (Ctrl+0)</source>
        <translation>Foto ins Fenster einpassen (Strg+0)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom in (+; Ctrl+0 fits)</source>
        <translation>Vergrößern (+; Strg+0 passt ein)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom, turn, draw a box</source>
        <translation>Zoomen, drehen, Rahmen zeichnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Photos of {name}</source>
        <translation>Fotos von {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Back to the photos of {name} (Escape)</source>
        <translation>Zurück zu den Fotos von {name} (Escape)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Show all photos (Escape, where the photo was opened there)</source>
        <translation>Alle Fotos zeigen (Escape, wenn das Foto dort geöffnet wurde)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Error rates at this threshold</source>
        <translation>Fehlerraten bei diesem Schwellenwert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Choose the threshold by its error rate (Alt+W)</source>
        <translation>Den Schwellenwert nach seiner Fehlerrate wählen (Alt+W)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Use the recommended threshold again (Alt+R)</source>
        <translation>Wieder den empfohlenen Schwellenwert verwenden (Alt+R)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>&amp;Reset to {threshold}</source>
        <translation>Zu&amp;rück auf {threshold}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>At most 1 false match in {number} comparisons</source>
        <translation>Höchstens 1 falscher Treffer in {number} Vergleichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>{share} of the matches correct</source>
        <translation>{share} der Treffer richtig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>The model’s default</source>
        <translation>Standard des Modells</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Match accuracy …</source>
        <translation>Treffgenauigkeit …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Similarities of different people and of the same person</source>
        <translation>Ähnlichkeiten verschiedener Personen und derselben Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Dashed orange: different people. Green: the same person</source>
        <translation>Orange gestrichelt: verschiedene Personen. Grün: dieselbe Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_drawing.py"/>
        <source>Open a photo first. Then press Ctrl+B to draw a box around a face.</source>
        <translation>Zuerst ein Foto öffnen. Mit Strg+B lässt sich dann ein Rahmen um ein Gesicht ziehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_drawing.py"/>
        <source>No box was drawn.</source>
        <translation>Es wurde kein Rahmen gezogen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Turn the photo to the righ&amp;t	Ctrl+]</source>
        <translation>Foto nach re&amp;chts drehen	Strg+]</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Turn the photo to the &amp;left	Ctrl+[</source>
        <translation>Foto nach &amp;links drehen	Strg+[</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Zoom in	+</source>
        <translation>Ver&amp;größern	+</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Zoom &amp;out	−</source>
        <translation>Ver&amp;kleinern	−</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Fit into the window	Ctrl+0</source>
        <translation>Ins &amp;Fenster einpassen	Strg+0</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Show in file &amp;manager</source>
        <translation>In der DateiI&amp;m Dateimanager zeigenamp;verwaltung zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Name this face …</source>
        <translation>Dieses Gesicht be&amp;nennen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Change the &amp;name …</source>
        <translation>&amp;Namen ändern …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Remove the name {name}	Del</source>
        <translation>Namen {name} &amp;entfernen	Entf</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Show {name}</source>
        <translation>{name} &amp;zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>No longer &amp;ignore this face	Ctrl+I</source>
        <translation>Dieses Gesicht nicht mehr &amp;ignorieren	Strg+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Ignore this face	Ctrl+I</source>
        <translation>Dieses Gesicht &amp;ignorieren	Strg+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Remove the &amp;box	Del</source>
        <translation>&amp;Rahmen entfernen	Entf</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Remove the &amp;box</source>
        <translation>&amp;Rahmen entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>This face</source>
        <translation>Dieses Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>This face. Click to compare it in large (Ctrl+E)</source>
        <translation>Dieses Gesicht. Ein Klick vergleicht es groß (Strg+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Most similar face of the selected person</source>
        <translation>Ähnlichstes Gesicht der ausgewählten Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Most similar face of the selected person. Click to compare it in large (Ctrl+E)</source>
        <translation>Ähnlichstes Gesicht der ausgewählten Person. Ein Klick vergleicht es groß (Strg+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Question about the face</source>
        <translation>Frage zu diesem Gesicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Confirm match</source>
        <translation>Treffer bestätigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Add the face to the selected person (Enter)</source>
        <translation>Das Gesicht zur ausgewählten Person hinzufügen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Not them</source>
        <translation>Ist es nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Not the selected person (X or Delete)</source>
        <translation>Nicht die ausgewählte Person (X oder Entf)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Name of the person (type a letter; N on a suggestion)</source>
        <translation>Name der Person (einfach tippen; N bei einem Vorschlag)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add as New</source>
        <translation>Neu hinzufügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Use this name for the face (Enter)</source>
        <translation>Diesen Namen für das Gesicht verwenden (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Compare the two faces in large (Ctrl+E)</source>
        <translation>Die beiden Gesichter groß vergleichen (Strg+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add face</source>
        <translation>Gesicht hinzufügen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Change name</source>
        <translation>Namen ändern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>&amp;Matches</source>
        <translation>Treffe&amp;r</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>{n} over threshold</source>
        <translation>
            <numerusform>{n} über Schwellenwert</numerusform>
            <numerusform>{n} über Schwellenwert</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Face {number} of {count}</source>
        <translation>Gesicht {number} von {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>The only face in the photo</source>
        <translation>Das einzige Gesicht im Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Someone else …</source>
        <translation>Jemand anderes …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/widgets/name_edit.py"/>
        <source>Type a name</source>
        <translation>Namen eingeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>The people most like this face (Top-K). Choose with ↑ ↓ or 1–9, confirm with Enter</source>
        <translation>Die Personen, die diesem Gesicht am ähnlichsten sind (Top-K). Mit ↑ ↓ oder 1–9 auswählen, mit der Eingabetaste bestätigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, below the threshold</source>
        <translation>{name}, Wert {score}, unter dem Schwellenwert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, maybe a match</source>
        <translation>{name}, Wert {score}, vielleicht ein Treffer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, match</source>
        <translation>{name}, Wert {score}, Treffer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>the only face of this person</source>
        <translation>einziges Gesicht dieser Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add the face as a new person (Enter)</source>
        <translation>Das Gesicht als neue Person hinzufügen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add the face to {name} (Enter)</source>
        <translation>Das Gesicht zu {name} hinzufügen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Use this name instead of {name} (Enter)</source>
        <translation>Diesen Namen statt {name} verwenden (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Remove the name {name} from this face (Delete)</source>
        <translation>Den Namen {name} von diesem Gesicht entfernen (Entf)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again (X or Delete)</source>
        <translation>Nicht die ausgewählte Person: Sie wird für dieses Gesicht nicht mehr vorgeschlagen (X oder Entf)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again (X)</source>
        <translation>Nicht die gewählte Person: für dieses Gesicht nicht mehr vorschlagen (X)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again</source>
        <translation>Nicht die gewählte Person: für dieses Gesicht nicht mehr vorschlagen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Type a name. Escape goes back to the matches.</source>
        <translation>Geben Sie einen Namen ein. Esc führt zurück zu den Treffern.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>There is no face to name. Press Ctrl+B to draw a box around one.</source>
        <translation>Hier ist kein Gesicht zu benennen. Strg+B zeichnet einen Rahmen um eines.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Use this name anyway?</source>
        <translation>Diesen Namen trotzdem verwenden?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added.</source>
        <translation>Nichts wurde hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added to {name}.</source>
        <translation>Zu {name} wurde nichts hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added, because another photo was opened meanwhile.</source>
        <translation>Nichts wurde hinzugefügt, weil inzwischen ein anderes Foto geöffnet wurde.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>The box was removed.</source>
        <translation>Der Rahmen wurde entfernt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Find smaller &amp;faces</source>
        <translation>Kleinere &amp;Gesichter suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look once more, for smaller faces. Ctrl+L always looks for them</source>
        <translation>Noch einmal suchen, nach kleineren Gesichtern. Mit Strg+L werden sie immer gesucht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Turn the photo</source>
        <translation>Foto drehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Turn the photo to the right (Ctrl+]), or to the left (Ctrl+[)</source>
        <translation>Das Foto nach rechts (Strg+]) oder nach links (Strg+[) drehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Draw a box</source>
        <translation>Rahmen ziehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Nothing in {photo} looks like a face.</source>
        <translation>In {photo} sieht nichts wie ein Gesicht aus.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>No face of {size} pixels or more was found in {photo}.</source>
        <translation>In {photo} wurde kein Gesicht ab {size} Pixel gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look with {detector} (&amp;{number})</source>
        <translation>Mit {detector} suchen (&amp;{number})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look once more with another detector</source>
        <translation>Noch einmal mit einem anderen Detektor suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/page.py"/>
        <source>Drop a photo here, paste one, or open one with Ctrl+O.

To name people in many photos, drop a folder or press Ctrl+Shift+O.</source>
        <translation>Ein Foto hierher ziehen, einfügen oder mit Strg+O öffnen.

Um Personen in vielen Fotos zu benennen, einen Ordner hierher ziehen oder Strg+Umschalt+O drücken.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>There is no photo on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>pasted photo</source>
        <translation>eingefügtes Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{photo} — Face Match</source>
        <translation>{photo} – Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Opening {photo} …</source>
        <translation>{photo} wird geöffnet …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>No face was found in {photo}.</source>
        <translation>In {photo} wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Looking again …</source>
        <translation>Es wird noch einmal gesucht …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Face {number} of {count} is the one you drew.</source>
        <translation>Gesicht {number} von {count} ist das gezeichnete.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>This is face {number} of {count}, which had been found already.</source>
        <translation>Das ist Gesicht {number} von {count}, das schon gefunden war.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>No photo is open</source>
        <translation>Kein Foto geöffnet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Looking for faces …</source>
        <translation>Gesichter werden gesucht …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{name}, score {score}</source>
        <translation>{name}, Wert {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{photo} · {number} of {count}</source>
        <translation>{photo} · {number} von {count}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{n} faces in the gallery · {quality}</source>
        <translation>
            <numerusform>{n} Gesicht in der Galerie · {quality}</numerusform>
            <numerusform>{n} Gesichter in der Galerie · {quality}</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Type a name, or press Ctrl+I to stop ignoring it</source>
        <translation>Namen eingeben; Strg+I beendet Ignorieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>This face is ignored</source>
        <translation>Dieses Gesicht wird ignoriert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Could this be {name}?</source>
        <translation>Könnte das {name} sein?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Is this {name}?</source>
        <translation>Ist das {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Too much alike to decide · {quality}</source>
        <translation>Für eine Entscheidung zu ähnlich · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{one} or {other}?</source>
        <translation>{one} oder {other}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Below the threshold · score {score} · {quality}</source>
        <translation>Unter dem Schwellenwert · Wert {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Maybe {name}?</source>
        <translation>Vielleicht {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Nobody is close · {quality}</source>
        <translation>Niemand ist ähnlich · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Probably someone new</source>
        <translation>Wohl jemand Neues</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The photo’s metadata name {names}</source>
        <translation>Die Metadaten des Fotos nennen {names}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The first face of your gallery · {quality}</source>
        <translation>Das erste Gesicht der Galerie · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Everyone was rejected for this face · {quality}</source>
        <translation>Für dieses Gesicht wurden alle abgelehnt · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The photos are many years apart · {quality}</source>
        <translation>Die Fotos liegen viele Jahre auseinander · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{word} · score {score} · named in the photo’s metadata</source>
        <translation>{word} · Wert {score} · in den Metadaten des Fotos genannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Unlikely · score {score} · the threshold is low</source>
        <translation>Eher nicht · Wert {score} · Schwellenwert ist niedrig</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The only person in the gallery · {quality}</source>
        <translation>Die einzige Person der Galerie · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Not the best match · score {score} · {quality}</source>
        <translation>Nicht der beste Treffer · Wert {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{word} · score {score} · {quality}</source>
        <translation>{word} · Wert {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>good quality</source>
        <translation>gute Qualität</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>&amp;Threshold</source>
        <translation>Schwellenwer&amp;t</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Threshold value</source>
        <translation>Wert des Schwellenwerts</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Scores from here on are marked as matches (Alt+T, then ← →). The model’s default: {default}</source>
        <translation>Werte ab hier gelten als Treffer (Alt+T, dann ← →). Standard des Modells: {default}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Locate file …</source>
        <translation>Datei suchen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Search for missing photos in a folder …</source>
        <translation>Fehlende Fotos in einem Ordner suchen …</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Export {n} copies …</source>
        <translation>
            <numerusform>{n} Kopie exportieren …</numerusform>
            <numerusform>{n} Kopien exportieren …</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Export copies</source>
        <translation>Kopien exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>The gallery is encrypted, but the copies will not be.</source>
        <translation>Die Galerie ist verschlüsselt, die Kopien sind es nicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Anyone who has the folder can see which photos you chose.</source>
        <translation>Wer den Ordner hat, sieht, welche Fotos ausgewählt wurden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Export unencrypted</source>
        <translation>Unverschlüsselt exportieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Choose a folder for the copies, or make a new one</source>
        <translation>Ordner für die Kopien wählen oder neu anlegen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Where is {file} now?</source>
        <translation>Wo ist {file} jetzt?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Search for missing photos in this folder and below</source>
        <translation>Fehlende Fotos in diesem Ordner und darunter suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <source>File not found</source>
        <translation>Datei nicht gefunden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <source>Unknown file</source>
        <translation>Unbekannte Datei</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} photos</source>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Export copies …</source>
        <translation>Kopien exportieren …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Copy the selected photos, or all of them, into a folder (Ctrl+Shift+E)</source>
        <translation>Die ausgewählten oder alle Fotos in einen Ordner kopieren (Strg+Umschalt+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Photos (arrow keys, Enter opens; Shift or Ctrl for several, Ctrl+A for all)</source>
        <translation>Fotos (Pfeiltasten, die Eingabetaste öffnet; Umschalt oder Strg für mehrere, Strg+A für alle)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>{text}: {n} photos</source>
        <translation>
            <numerusform>{text}: {n} Foto</numerusform>
            <numerusform>{text}: {n} Fotos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Unknown file.</source>
        <translation>Unbekannte Datei.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Undated.</source>
        <translation>Ohne Datum.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>File not found.</source>
        <translation>Datei nicht gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <source>Undated</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/size_slider.py"/>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/size_slider.py"/>
        <source>Size of the photos (Ctrl + mouse wheel, + and −)</source>
        <translation>Größe der Fotos (Strg + Mausrad, + und −)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Undo: Ctrl+Z.</source>
        <translation>Widerrufen: Strg+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The gallery has grown, so it now uses SQLite storage (gallery.sqlite). The file embeddings.json is kept as a backup.</source>
        <translation>Die Galerie ist gewachsen und benutzt jetzt SQLite (gallery.sqlite). Die Datei embeddings.json bleibt als Sicherung erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Small faces in large photos are detected too. This takes longer.</source>
        <translation>Auch kleine Gesichter in großen Fotos werden gesucht. Das dauert länger.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>In large photos, only larger faces are detected. This is faster.</source>
        <translation>In großen Fotos werden nur größere Gesichter gesucht. Das geht schneller.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Drag a box around the face, or move this one with the arrow keys (Shift resizes) and press Enter. Escape cancels.</source>
        <translation>Einen Rahmen um das Gesicht ziehen oder diesen mit den Pfeiltasten verschieben (mit Umschalt die Größe ändern) und die Eingabetaste drücken. Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The gallery is empty. Open a photo and name the face in it, or import a folder.</source>
        <translation>Die Galerie ist leer. Ein Foto öffnen und das Gesicht darin benennen, oder einen Ordner importieren.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No photos have been imported yet. Choose Import → Import a folder.</source>
        <translation>Es wurden noch keine Fotos importiert. Import → Ordner importieren wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This folder is the folder of the photos, or contains it. Choose another one for the copies.</source>
        <translation>Dieser Ordner ist der Ordner der Fotos oder enthält ihn. Für die Kopien einen anderen wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This is not done to a gallery on a server.</source>
        <translation>Mit einer Galerie auf einem Server geht das nicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The server’s backups and logs may keep the data until they are deleted: ask its administrators.</source>
        <translation>Sicherungen und Protokolle des Servers können die Daten behalten, bis sie gelöscht werden: dessen Administratoren fragen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The photo was not found. Import its folder to find it again.</source>
        <translation>Das Foto wurde nicht gefunden. Wird sein Ordner noch einmal importiert, findet es sich wieder.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Faces cannot be saved, because no gallery is open for writing.</source>
        <translation>Gesichter können nicht gespeichert werden, weil keine Galerie zum Schreiben geöffnet ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>score {score}</source>
        <translation>Wert {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is now {name} (was {before}).</source>
        <translation>Dieses Gesicht ist jetzt {name} (vorher {before}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {name} as a new person.</source>
        <translation>{name} wurde als neue Person hinzugefügt.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added this face to {name}, who now has {n} faces.</source>
        <translation>
            <numerusform>Gesicht hinzugefügt: {name} hat jetzt {n} Gesicht.</numerusform>
            <numerusform>Gesicht hinzugefügt: {name} hat jetzt {n} Gesichter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>They do not look like {name}.</source>
        <translation>
            <numerusform>Es sieht nicht aus wie {name}.</numerusform>
            <numerusform>Sie sehen nicht aus wie {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {name} as a new person with {n} faces.</source>
        <translation>
            <numerusform>{name} wurde als neue Person mit {n} Gesicht hinzugefügt.</numerusform>
            <numerusform>{name} wurde als neue Person mit {n} Gesichtern hinzugefügt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {n} faces to {name}, who now has {total}.</source>
        <translation>
            <numerusform>{n} Gesicht hinzugefügt: {name} hat jetzt {total}.</numerusform>
            <numerusform>{n} Gesichter hinzugefügt: {name} hat jetzt {total}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} faces were not named: {name} is already in the same photo.</source>
        <translation>
            <numerusform>{n} Gesicht wurde nicht benannt: {name} ist in demselben Foto schon vorhanden.</numerusform>
            <numerusform>{n} Gesichter wurden nicht benannt: {name} ist in demselben Foto schon vorhanden.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is no longer {name}, and that name will not be suggested for it again.</source>
        <translation>Dieses Gesicht heißt nicht mehr {name}, und dieser Name wird dafür nicht mehr vorgeschlagen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Maybe {name} (score {score}), but below the threshold.</source>
        <translation>Vielleicht {name} (Wert {score}), aber unter dem Schwellenwert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Nobody in the gallery is close. Nearest: {name}.</source>
        <translation>Niemand in der Galerie sieht so aus. Am nächsten: {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face looks like {name}, but also like {rival}.</source>
        <translation>Dieses Gesicht ähnelt {name}, aber auch {rival}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face does not look like {name} (score {score}, threshold {limit}).</source>
        <translation>Dieses Gesicht sieht nicht aus wie {name} (Wert {score}, Schwellenwert {limit}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The score is lower because this face also looks like {name}.</source>
        <translation>Der Wert ist niedriger, weil dieses Gesicht auch {name} ähnelt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The photo’s metadata name {name}.</source>
        <translation>Die Metadaten des Fotos nennen {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Below the threshold, though {share} of such matches are correct.</source>
        <translation>Unter der Schwelle, obwohl {share} solcher Treffer richtig sind.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{word}: {share} of such matches are correct.</source>
        <translation>{word}: {share} solcher Treffer sind richtig.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{word}, score {score}</source>
        <translation>{word}, Wert {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Looks like {name} ({likeness}), who is already in this photo.</source>
        <translation>Sieht aus wie {name} ({likeness}), ist aber in diesem Foto schon vorhanden.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Name these {n} faces {name}? They look like {suggested} (very likely).</source>
        <translation>
            <numerusform>Dieses Gesicht {name} nennen? Es sieht aus wie {suggested} (sehr wahrscheinlich).</numerusform>
            <numerusform>Diese {n} Gesichter {name} nennen? Sie sehen aus wie {suggested} (sehr wahrscheinlich).</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Next: {name} (score {score}).</source>
        <translation>Danach: {name} (Wert {score}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No matches: everyone in the gallery was rejected for this face.</source>
        <translation>Keine Treffer: Für dieses Gesicht wurden alle Personen der Galerie abgelehnt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Choose a face in the photo to see its matches.</source>
        <translation>Ein Gesicht im Foto auswählen, um seine Treffer zu sehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Matches for the face in the photo appear here.</source>
        <translation>Hier erscheinen die Treffer für das Gesicht im Foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Opening the gallery …</source>
        <translation>Galerie wird geöffnet …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No gallery is open</source>
        <translation>Keine Galerie ist offen</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{named} of {n} faces named</source>
        <translation>
            <numerusform>{named} von {n} Gesicht benannt</numerusform>
            <numerusform>{named} von {n} Gesichtern benannt</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · read-only</source>
        <translation>{people} · {faces} · schreibgeschützt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · shared on {server}</source>
        <translation>{people} · {faces} · gemeinsam auf {server}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · everything stays on this computer</source>
        <translation>{people} · {faces} · alles bleibt auf diesem Computer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Unexpected error ({error}). Saved data is not affected.</source>
        <translation>Unerwarteter Fehler ({error}). Gespeicherte Daten sind nicht betroffen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>FaceNet’s weights are not installed. Choose Settings → Get FaceNet to download them.</source>
        <translation>Die Gewichte von FaceNet sind nicht installiert. Zum Herunterladen Einstellungen → FaceNet laden wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The model {model} is not there. Choose Settings → Models to add it again or to use another one.</source>
        <translation>Das Modell {model} ist nicht da. Unter Einstellungen → Modelle kann es wieder hinzugefügt oder ein anderes verwendet werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The weights of {model} are damaged ({detail}). Choose Settings → Models to use another model.</source>
        <translation>Die Gewichte von {model} sind beschädigt ({detail}). Unter Einstellungen → Modelle kann ein anderes Modell gewählt werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is no longer in the gallery.</source>
        <translation>Dieses Gesicht ist nicht mehr in der Galerie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Galleries on servers need more packages. Install them with “{command}”.</source>
        <translation>Galerien auf Servern brauchen weitere Pakete. Installieren Sie sie mit „{command}“.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>All {n} faces of {whom} will be moved to {name}, who will have {total}.</source>
        <translation>
            <numerusform>Das Gesicht von {whom} wird zu {name} verschoben: dann {total}.</numerusform>
            <numerusform>Alle {n} Gesichter von {whom} werden zu {name} verschoben: dann {total}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} had no other faces and were removed from the gallery.</source>
        <translation>
            <numerusform>{people} hatte keine anderen Gesichter und wurde aus der Galerie entfernt.</numerusform>
            <numerusform>{people} hatten keine anderen Gesichter und wurden aus der Galerie entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} others</source>
        <translation>
            <numerusform>{n} weitere</numerusform>
            <numerusform>{n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{name} has this face of this photo twice.</source>
        <translation>{name} hat dieses Gesicht dieses Fotos zweimal.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{name} has another face in this photo: a mirror, a collage or someone else.</source>
        <translation>{name} hat in diesem Foto noch ein Gesicht: ein Spiegel, eine Collage oder jemand anderes.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>{n} people</source>
        <translation>
            <numerusform>{n} Person</numerusform>
            <numerusform>{n} Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} conflicts</source>
        <translation>
            <numerusform>{n} Konflikt</numerusform>
            <numerusform>{n} Konflikte</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not added</source>
        <translation>Nicht hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not written</source>
        <translation>Nicht geschrieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not copied</source>
        <translation>Nicht kopiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not read</source>
        <translation>Nicht gelesen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Only in sidecars</source>
        <translation>Nur in Begleitdateien</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces were embedded for this model.</source>
        <translation>
            <numerusform>Merkmale von {n} Gesicht wurden für dieses Modell berechnet.</numerusform>
            <numerusform>Merkmale von {n} Gesichtern wurden für dieses Modell berechnet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces could not be embedded: they stay in the gallery, but are not matched under this model.</source>
        <translation>
            <numerusform>Von {n} Gesicht konnten keine Merkmale berechnet werden: Es bleibt in der Galerie, wird mit diesem Modell aber nicht verglichen.</numerusform>
            <numerusform>Von {n} Gesichtern konnten keine Merkmale berechnet werden: Sie bleiben in der Galerie, werden mit diesem Modell aber nicht verglichen.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Added {faces} of {people}.</source>
        <translation>Hinzugefügt: {faces}, {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>No faces were added.</source>
        <translation>Es wurden keine Gesichter hinzugefügt.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces were already in the gallery.</source>
        <translation>
            <numerusform>{n} Gesicht war schon in der Galerie.</numerusform>
            <numerusform>{n} Gesichter waren schon in der Galerie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names have no place in their photos and are kept as suggestions: {names}.</source>
        <translation>
            <numerusform>{n} Name hat keinen Ort in seinem Foto und bleibt als Vorschlag erhalten: {names}.</numerusform>
            <numerusform>{n} Namen haben keinen Ort in ihren Fotos und bleiben als Vorschläge erhalten: {names}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>And {count} more.</source>
        <translation>Und {count} weitere.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Unnamed faces in it: {count}.</source>
        <translation>Unbenannte Gesichter darin: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Missing or damaged crops: {count}.</source>
        <translation>Fehlende oder beschädigte Ausschnitte: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>It has the paths of your photos: keep it to yourself. To move, open the other gallery and choose Import → An archive of another gallery.</source>
        <translation>Das Archiv enthält die Pfade Ihrer Fotos: nicht weitergeben. Zum Verschieben die andere Galerie öffnen und Import → Archiv einer anderen Galerie wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{archive} contains {contents}.</source>
        <translation>{archive} enthält {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>New: {contents}.</source>
        <translation>Neu: {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>New unnamed faces: {count}.</source>
        <translation>Neue unbenannte Gesichter: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Birth dates added: {count}.</source>
        <translation>Geburtsdaten hinzugefügt: {count}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Names that will not be suggested any more were added for {n} faces.</source>
        <translation>
            <numerusform>Für {n} Gesicht kamen Namen hinzu, die nicht mehr vorgeschlagen werden.</numerusform>
            <numerusform>Für {n} Gesichter kamen Namen hinzu, die nicht mehr vorgeschlagen werden.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Paths of photos and conflicts in it that only an empty gallery takes: {count}.</source>
        <translation>Pfade von Fotos und Konflikte darin, die nur eine leere Galerie übernimmt: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>All of them were already in the gallery.</source>
        <translation>Alle waren schon in der Galerie.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names conflict with the gallery. Choose People → Conflicts to decide.</source>
        <translation>
            <numerusform>{n} Name steht im Konflikt mit der Galerie. Zum Entscheiden Personen → Konflikte wählen.</numerusform>
            <numerusform>{n} Namen stehen im Konflikt mit der Galerie. Zum Entscheiden Personen → Konflikte wählen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Wrote {n} names to photos and sidecars.</source>
        <translation>
            <numerusform>{n} Name in Fotos und Begleitdateien geschrieben.</numerusform>
            <numerusform>{n} Namen in Fotos und Begleitdateien geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Wrote {n} names to XMP sidecars. The photos were not changed.</source>
        <translation>
            <numerusform>{n} Name wurde in XMP-Begleitdateien geschrieben. Die Fotos wurden nicht geändert.</numerusform>
            <numerusform>{n} Namen wurden in XMP-Begleitdateien geschrieben. Die Fotos wurden nicht geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Removed {n} names, as in the gallery.</source>
        <translation>
            <numerusform>{n} Name entfernt, wie in der Galerie.</numerusform>
            <numerusform>{n} Namen entfernt, wie in der Galerie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names were already there.</source>
        <translation>
            <numerusform>{n} Name war schon vorhanden.</numerusform>
            <numerusform>{n} Namen waren schon vorhanden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Rewrote {n} photos.</source>
        <translation>
            <numerusform>{n} Foto neu geschrieben.</numerusform>
            <numerusform>{n} Fotos neu geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>In {n} photos the metadata inside and beside them have different dates.</source>
        <translation>
            <numerusform>Bei {n} Foto haben die Metadaten in ihm und neben ihm verschiedene Daten.</numerusform>
            <numerusform>Bei {n} Fotos haben die Metadaten in ihnen und neben ihnen verschiedene Daten.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Nothing was written: no photo in {folder} has a named face.</source>
        <translation>Nichts wurde geschrieben: Kein Foto in {folder} hat ein benanntes Gesicht.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Skipped {n} faces from an earlier version, whose place in the photo is unknown.</source>
        <translation>
            <numerusform>{n} Gesicht aus einer früheren Version wurde übersprungen, weil sein Ort im Foto nicht bekannt ist.</numerusform>
            <numerusform>{n} Gesichter aus einer früheren Version wurden übersprungen, weil ihr Ort im Foto nicht bekannt ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} folders</source>
        <translation>
            <numerusform>{n} Ordner</numerusform>
            <numerusform>{n} Ordner</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Copied {photos} into {folders} in {into}.</source>
        <translation>Kopiert: {photos} in {folders} unter {into}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{n} photos were already there.</source>
        <translation>
            <numerusform>{n} Foto war schon vorhanden.</numerusform>
            <numerusform>{n} Fotos waren schon vorhanden.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Nothing was copied: no photo has a named face.</source>
        <translation>Nichts wurde kopiert: Kein Foto hat ein benanntes Gesicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Stopped. Export again to resume.</source>
        <translation>Angehalten. Ein neuer Export macht dort weiter.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} new unnamed faces</source>
        <translation>
            <numerusform>{n} neues unbenanntes Gesicht</numerusform>
            <numerusform>{n} neue unbenannte Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned {done} of {photos}: {found}.</source>
        <translation>Durchsucht: {done} von {photos}; {found}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned {photos}: {found}.</source>
        <translation>Durchsucht: {photos}; {found}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned before: {photos}.</source>
        <translation>Schon früher durchsucht: {photos}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>No face found in {photos}: {names}.</source>
        <translation>Kein Gesicht gefunden – {photos}: {names}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Stopped. The faces found so far are kept.</source>
        <translation>Angehalten. Die bisher gefundenen Gesichter bleiben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} photos are left. Start again to resume.</source>
        <translation>
            <numerusform>{n} Foto fehlt noch. Ein neuer Start macht dort weiter.</numerusform>
            <numerusform>{n} Fotos fehlen noch. Ein neuer Start macht dort weiter.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Join with another group of the same person (Ctrl+M, then choose that group)</source>
        <translation>Mit einer anderen Gruppe derselben Person vereinen (Strg+M, dann diese Gruppe wählen)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ctrl M</source>
        <translation>Strg M</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Go to the next group (Page Down)</source>
        <translation>Zur nächsten Gruppe (Bild↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>PgDn</source>
        <translation>Bild↓</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ignore these faces from now on (Ctrl+I)</source>
        <translation>Diese Gesichter künftig ignorieren (Strg+I)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ctrl I</source>
        <translation>Strg I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove from group</source>
        <translation>Aus der Gruppe entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove the selected faces from the group (Delete)</source>
        <translation>Die ausgewählten Gesichter aus der Gruppe entfernen (Entf)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Different people</source>
        <translation>Verschiedene Personen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>They are not the same person: do not ask about them again (Delete)</source>
        <translation>Es ist nicht dieselbe Person: nicht noch einmal danach fragen (Entf)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Same as another group …</source>
        <translation>Mit Gruppe vereinen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Same as …</source>
        <translation>Vereinen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Skip</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>See the people</source>
        <translation>Personen ansehen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Show the people (Ctrl+P)</source>
        <translation>Die Personen zeigen (Strg+P)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Ctrl P</source>
        <translation>Strg P</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Scan a folder of photos for faces (Ctrl+Shift+O)</source>
        <translation>Einen Ordner mit Fotos nach Gesichtern durchsuchen (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Show the photos in which no face was found (Ctrl+3)</source>
        <translation>Die Fotos zeigen, in denen kein Gesicht gefunden wurde (Strg+3)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Scanning photos</source>
        <translation>Fotos werden durchsucht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Faces appear here as they are found.</source>
        <translation>Gesichter erscheinen hier, sobald sie gefunden sind.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No face is left to name</source>
        <translation>Kein Gesicht mehr zu benennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No unnamed faces</source>
        <translation>Keine unbenannten Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Import a folder of photos, or drop one here: the faces in it are grouped by person.</source>
        <translation>Einen Ordner mit Fotos importieren oder hierher ziehen: Die Gesichter darin werden nach Personen gruppiert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Import another folder</source>
        <translation>Weiteren Ordner importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Import a folder</source>
        <translation>Einen Ordner importieren</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No face was found in {n} photos …</source>
        <translation>
            <numerusform>In einem Foto wurde kein Gesicht gefunden …</numerusform>
            <numerusform>In {n} Fotos wurde kein Gesicht gefunden …</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Why this person</source>
        <translation>Warum diese Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>The suggestion is wrong: it is not made again for these faces (X)</source>
        <translation>Der Vorschlag ist falsch: Er wird für diese Gesichter nicht mehr gemacht (X)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Quality: {reasons}.</source>
        <translation>Qualität: {reasons}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>The threshold is low.</source>
        <translation>Der Schwellenwert ist niedrig.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Most similar faces of the person</source>
        <translation>Ähnlichste Gesichter der Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Similarities: {similarities}</source>
        <translation>Ähnlichkeiten: {similarities}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Not this person</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Ctrl+M</source>
        <translation>Strg+M</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Ctrl+I</source>
        <translation>Strg+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Show the whole photo</source>
        <translation>Das ganze Foto zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Open the photo</source>
        <translation>Das Foto öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>What can be done with the faces</source>
        <translation>Was mit den Gesichtern geschehen kann</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_size.py"/>
        <source>Size of the faces</source>
        <translation>Größe der Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_size.py"/>
        <source>Size of the faces (Ctrl++, Ctrl+−; Ctrl + mouse wheel)</source>
        <translation>Größe der Gesichter (Strg++, Strg+−; Strg + Mausrad)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Faces of this group</source>
        <translation>Gesichter dieser Gruppe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>A click selects a face, with Ctrl or Shift several; × leaves one out. Or use the arrow keys</source>
        <translation>Ein Klick wählt ein Gesicht aus, mit Strg oder Umschalt mehrere; × lässt eins weg. Oder mit den Pfeiltasten</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Face {row} of {n}.</source>
        <translation>
            <numerusform>Gesicht {row} von {n}.</numerusform>
            <numerusform>Gesicht {row} von {n}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Left out.</source>
        <translation>Weggelassen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Similarity {similarity}.</source>
        <translation>Ähnlichkeit {similarity}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Are these the same person?</source>
        <translation>Ist das dieselbe Person?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Same as which?</source>
        <translation>Mit welcher vereinen?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Go to the other group of this person and press Enter. Escape cancels.</source>
        <translation>Zur anderen Gruppe dieser Person gehen und die Eingabetaste drücken. Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>New suggestion.</source>
        <translation>Neuer Vorschlag.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Maybe: the photos are more than ten years apart, and {name} was a child, or may have been.</source>
        <translation>Vielleicht: Die Fotos liegen mehr als zehn Jahre auseinander, und {name} war noch ein Kind oder vielleicht eines.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces like no other. Click one, or several with Ctrl.</source>
        <translation>
            <numerusform>{n} Gesicht, das keinem anderen gleicht.</numerusform>
            <numerusform>{n} einzelne Gesichter. Eins anklicken, oder mit Strg mehrere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces that look like {name}. Click × to leave one out.</source>
        <translation>
            <numerusform>{n} Gesicht wie {name}.</numerusform>
            <numerusform>{n} Gesichter wie {name}. × lässt eins weg.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>They may be. Type the name of both, or click × on the wrong face.</source>
        <translation>Vielleicht. Tippen Sie den Namen von beiden, oder klicken Sie beim falschen Gesicht auf ×.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces that look alike. Click × to leave one out.</source>
        <translation>
            <numerusform>{n} Gesicht.</numerusform>
            <numerusform>{n} ähnliche Gesichter. × lässt eins weg.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Type a name, or go on: the faces stay unnamed.</source>
        <translation>
            <numerusform>Namen eingeben oder weitergehen: Das Gesicht bleibt unbenannt.</numerusform>
            <numerusform>Namen eingeben oder weitergehen: Die Gesichter bleiben unbenannt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>The metadata of {named} of the {photos} photos name {name}.</source>
        <translation>Die Metadaten von {named} der {photos} Fotos nennen {name}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>The metadata of all {n} photos name {name}.</source>
        <translation>
            <numerusform>Die Metadaten des Fotos nennen {name}.</numerusform>
            <numerusform>Die Metadaten aller {n} Fotos nennen {name}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>A new person.</source>
        <translation>Eine neue Person.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces are left out. Click × again to take them in.</source>
        <translation>
            <numerusform>{n} Gesicht ist weggelassen. Ein weiterer Klick auf × nimmt es wieder auf.</numerusform>
            <numerusform>{n} Gesichter sind weggelassen. Ein weiterer Klick auf × nimmt sie wieder auf.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{selected} of {n} faces selected. Press Escape for all.</source>
        <translation>
            <numerusform>{selected} von {n} Gesicht ausgewählt. Escape wählt alle.</numerusform>
            <numerusform>{selected} von {n} Gesichtern ausgewählt. Escape wählt alle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{selected} of {n} faces selected. Press Escape for one.</source>
        <translation>
            <numerusform>{selected} von {n} Gesicht ausgewählt. Escape wählt nur eins.</numerusform>
            <numerusform>{selected} von {n} Gesichtern ausgewählt. Escape wählt nur eins.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{name}?</source>
        <translation>{name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Maybe the same</source>
        <translation>Vielleicht dieselbe Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Single faces</source>
        <translation>Einzelgesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · named in metadata</source>
        <translation>{faces} · in den Metadaten genannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · maybe</source>
        <translation>{faces} · vielleicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · score {score}</source>
        <translation>{faces} · Wert {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · low threshold</source>
        <translation>{faces} · niedriger Schwellenwert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · {word}</source>
        <translation>{faces} · {word}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Merging {n} faces …</source>
        <translation>
            <numerusform>{n} Gesicht vereinen …</numerusform>
            <numerusform>{n} Gesichter vereinen …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} groups</source>
        <translation>
            <numerusform>{n} Gruppe</numerusform>
            <numerusform>{n} Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Name {n} faces</source>
        <translation>
            <numerusform>{n} Gesicht benennen</numerusform>
            <numerusform>{n} Gesichter benennen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Confirm {n} faces</source>
        <translation>
            <numerusform>{n} Gesicht bestätigen</numerusform>
            <numerusform>{n} Gesichter bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Ignore {n} faces</source>
        <translation>
            <numerusform>{n} Gesicht ignorieren</numerusform>
            <numerusform>{n} Gesichter ignorieren</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} named, {people}.</source>
        <translation>Benannt: {faces}, {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>Groups of faces</source>
        <translation>Gruppen von Gesichtern</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>Groups of unnamed faces (Page Up, Page Down)</source>
        <translation>Gruppen unbenannter Gesichter (Bild↑, Bild↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>{title} {details}</source>
        <translation>{title} {details}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>Number of groups</source>
        <translation>Anzahl der Gruppen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>Show the faces that were found while you typed</source>
        <translation>Die Gesichter zeigen, die beim Tippen gefunden wurden</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>{n} new</source>
        <translation>
            <numerusform>{n} neu</numerusform>
            <numerusform>{n} neu</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/middle.py"/>
        <source>Opening {name} …</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Same person</source>
        <translation>Dieselbe Person</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Name of the person (just type; Enter names the faces, Escape cancels)</source>
        <translation>Name der Person (einfach tippen; die Eingabetaste benennt, Esc bricht ab)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Name the faces, or confirm the suggestion (Enter)</source>
        <translation>Die Gesichter benennen oder den Vorschlag bestätigen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>What can be done</source>
        <translation>Was jetzt möglich ist</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Show the whole photo, or the group again (Space)</source>
        <translation>Das ganze Foto zeigen, oder wieder die Gruppe (Leertaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Someone else? Type the name</source>
        <translation>Jemand anderes? Namen eingeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Type the name</source>
        <translation>Namen eingeben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>State of the gallery</source>
        <translation>Zustand der Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Tr&amp;y again</source>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Close (Escape)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Open the gallery again (Alt+Y)</source>
        <translation>Die Galerie noch einmal öffnen (Alt+N)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>Read-only: another Face Match has this gallery open ({holder}). You can look at everything.</source>
        <translation>Schreibgeschützt: Die Galerie ist in einem anderen Face Match geöffnet ({holder}). Alles lässt sich ansehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>Read-only: the folder {folder} cannot be written ({reason}). You can look at everything.</source>
        <translation>Schreibgeschützt: In den Ordner {folder} kann nicht geschrieben werden ({reason}). Alles lässt sich ansehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>This gallery is read-only. You can look at everything.</source>
        <translation>Diese Galerie ist schreibgeschützt. Alles lässt sich ansehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>This gallery is read-only. {reason}</source>
        <translation>Diese Galerie ist schreibgeschützt. {reason}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>&amp;Restore this backup</source>
        <translation>Diese Sicherung &amp;wiederherstellen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Put the gallery back to this backup (Alt+R)</source>
        <translation>Die Galerie auf diese Sicherung zurücksetzen (Alt+W)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>&amp;Other backups …</source>
        <translation>&amp;Andere Sicherungen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Choose another backup (Alt+O)</source>
        <translation>Eine andere Sicherung auswählen (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Try &amp;again</source>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Open the gallery again (Alt+A)</source>
        <translation>Die Galerie noch einmal öffnen (Alt+N)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Show the &amp;folder</source>
        <translation>&amp;Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Open the gallery’s folder in the file manager (Alt+F)</source>
        <translation>Den Ordner der Galerie in der Dateiverwaltung öffnen (Alt+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery needs a newer Face Match.</source>
        <translation>Diese Galerie braucht ein neueres Face Match.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery cannot be read now.</source>
        <translation>Diese Galerie kann gerade nicht gelesen werden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery cannot be read.</source>
        <translation>Diese Galerie ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Newest good backup</source>
        <translation>Neueste gute Sicherung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>There is no backup that can be read.</source>
        <translation>Es gibt keine lesbare Sicherung.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Reading the backup …</source>
        <translation>Die Sicherung wird gelesen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>The file {file} is damaged: {reason}. It was not changed, and restoring keeps it beside the restored one. Your photos and the crops of the faces are not affected.</source>
        <translation>Die Datei {file} ist beschädigt: {reason}. Sie wurde nicht geändert und bleibt beim Wiederherstellen neben der neuen erhalten. Fotos und Ausschnitte der Gesichter sind nicht betroffen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Import a folder of photos</source>
        <translation>Einen Ordner mit Fotos importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>&amp;Name them</source>
        <translation>&amp;Benennen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The import of “{first}” and “{second}” was interrupted.</source>
        <translation>Der Import von „{first}“ und „{second}“ wurde unterbrochen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The import of “{folder}” was interrupted.</source>
        <translation>Der Import von „{folder}“ wurde unterbrochen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Where is “{folder}” now?</source>
        <translation>Wo ist „{folder}“ jetzt?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The folder {path} was not found. It may have been moved.</source>
        <translation>Der Ordner {path} wurde nicht gefunden. Vielleicht wurde er verschoben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>&amp;Locate …</source>
        <translation>S&amp;uchen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Every face has a name.</source>
        <translation>Jedes Gesicht hat einen Namen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>{n} groups wait for a name.</source>
        <translation>
            <numerusform>{n} Gruppe wartet auf einen Namen.</numerusform>
            <numerusform>{n} Gruppen warten auf einen Namen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>{n} other files and folders among the gallery’s are not encrypted.</source>
        <translation>
            <numerusform>{n} andere Datei oder ein anderer Ordner bei denen der Galerie ist nicht verschlüsselt.</numerusform>
            <numerusform>{n} andere Dateien und Ordner bei denen der Galerie sind nicht verschlüsselt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>&amp;List them</source>
        <translation>&amp;Auflisten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>List what is not encrypted (Alt+L)</source>
        <translation>Auflisten, was nicht verschlüsselt ist (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Face Match did not create these, so they are not encrypted:</source>
        <translation>Diese hat Face Match nicht angelegt; darum sind sie nicht verschlüsselt:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>The server is away. You can look at what is loaded; changes are not made until it is back.</source>
        <translation>Der Server ist nicht erreichbar. Sie können ansehen, was geladen ist; Änderungen sind erst wieder möglich, wenn er zurück ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlock the gallery (Enter)</source>
        <translation>Die Galerie entsperren (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Show the passphrase (Alt+V)</source>
        <translation>Die Passphrase zeigen (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlocking …</source>
        <translation>Wird entsperrt …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>This gallery is locked.</source>
        <translation>Diese Galerie ist gesperrt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>The passphrase of this gallery (Enter unlocks it)</source>
        <translation>Die Passphrase dieser Galerie (die Eingabetaste entsperrt)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Type its passphrase to see its people. Nothing is sent anywhere.</source>
        <translation>Die Passphrase eingeben, um die Personen zu sehen. Nichts wird gesendet.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>This passphrase is wrong. Try again.</source>
        <translation>Diese Passphrase ist falsch. Noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>It opens with the key in the system’s keyring.</source>
        <translation>Sie öffnet sich mit dem Schlüssel im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>The gallery’s folder is gone or empty.</source>
        <translation>Der Ordner der Galerie fehlt oder ist leer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>It may have been moved or renamed, or its drive is not connected. Nothing was changed.</source>
        <translation>Vielleicht wurde er verschoben oder umbenannt, oder sein Laufwerk ist nicht verbunden. Nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>The folder</source>
        <translation>Der Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Choose where the folder is now (Alt+L)</source>
        <translation>Auswählen, wo der Ordner jetzt ist (Alt+U)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Look for the folder again (Alt+A)</source>
        <translation>Noch einmal nach dem Ordner sehen (Alt+N)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>&amp;New gallery here</source>
        <translation>Neue &amp;Galerie hier</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Begin an empty gallery in this place (Alt+N)</source>
        <translation>Hier eine leere Galerie anlegen (Alt+G)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Where is the gallery’s folder?</source>
        <translation>Wo ist der Ordner der Galerie?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Ignored</source>
        <translation>Ignoriert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>The pages of the window: arrow keys choose one</source>
        <translation>Die Seiten des Fensters: Pfeiltasten wählen eine</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Connect and open the gallery (Enter)</source>
        <translation>Verbinden und die Galerie öffnen (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Show the password (Alt+V)</source>
        <translation>Das Passwort zeigen (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Your password on the server (Enter opens the gallery)</source>
        <translation>Ihr Passwort auf dem Server (Eingabetaste öffnet die Galerie)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Open &amp;another gallery …</source>
        <translation>&amp;Andere Galerie öffnen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Leave this one for now (Alt+A)</source>
        <translation>Diese vorerst lassen (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The server asks for your password.</source>
        <translation>Der Server verlangt Ihr Passwort.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Gallery {name}</source>
        <translation>Galerie {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The server is away.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The gallery on the server did not open.</source>
        <translation>Die Galerie auf dem Server ging nicht auf.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Nothing was changed. Saved data is on the server.</source>
        <translation>Nichts wurde geändert. Gespeichertes ist auf dem Server.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Open photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open photos (Ctrl+O)</source>
        <translation>Fotos öffnen (Strg+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Import folder</source>
        <translation>Ordner importieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Import a folder: scan its photos for faces (Ctrl+Shift+O)</source>
        <translation>Einen Ordner importieren: seine Fotos nach Gesichtern durchsuchen (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Undo</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Undo the last change (Ctrl+Z)</source>
        <translation>Die letzte Änderung widerrufen (Strg+Z)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Redo what was undone (Ctrl+Shift+Z)</source>
        <translation>Das Widerrufene wiederholen (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search people, or “Ada and Grace”</source>
        <translation>Personen suchen, oder „Ada und Grace“</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search by name. “Ada and Grace”, “Ada without Grace” and “only Ada” find photos. (Ctrl+F)</source>
        <translation>Nach Namen suchen. „Ada und Grace“, „Ada ohne Grace“ und „nur Ada“ finden Fotos. (Strg+F)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Clear the search</source>
        <translation>Die Suche leeren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Clear the search (Escape)</source>
        <translation>Die Suche leeren (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Who is in your photos?</source>
        <translation>Wer ist auf den Fotos?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open a photo and name the faces in it, or import a folder and name everyone in it, a group at a time. Nothing leaves this computer.</source>
        <translation>Ein Foto öffnen und die Gesichter darin benennen, oder einen Ordner importieren und alle darin benennen, Gruppe für Gruppe. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open a photo</source>
        <translation>Ein Foto öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Try it with two example photos</source>
        <translation>Mit zwei Beispielfotos ausprobieren</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open two portraits that come with the program</source>
        <translation>Zwei mitgelieferte Porträts öffnen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>You can also drop photos and folders anywhere in this window.</source>
        <translation>Fotos und Ordner lassen sich auch überall in dieses Fenster ziehen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/working.py"/>
        <source>Everyone is back as soon as this is done.</source>
        <translation>Alle sind wieder da, sobald dies fertig ist.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/working.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/working.py"/>
        <source>{work} …</source>
        <translation>{work} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>FaceNet</source>
        <translation>FaceNet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>built-in (dlib)</source>
        <translation>eingebaut (dlib)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>not for commercial use</source>
        <translation>nicht für kommerzielle Nutzung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Available to download</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. Nothing was added.</source>
        <translation>Angehalten. Nichts wurde hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Testing {name}</source>
        <translation>{name} wird getestet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Downloading {name}</source>
        <translation>{name} wird geladen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>This model is in use. Switch to another one before you remove it.</source>
        <translation>Dieses Modell ist in Verwendung. Vor dem Entfernen zu einem anderen wechseln.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>{title} was removed. Its embeddings stay in the gallery.</source>
        <translation>{title} wurde entfernt. Die damit berechneten Merkmale bleiben in der Galerie.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>{title} was added. Choose “Use” to switch to it.</source>
        <translation>{title} wurde hinzugefügt. „Verwenden“ wechselt zu diesem Modell.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces in {dimensions} dimensions</source>
        <translation>erkennt Gesichter ({dimensions} Merkmale)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>detects faces</source>
        <translation>findet Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Available to download.</source>
        <translation>Zum Download verfügbar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Included with the program.</source>
        <translation>Im Programm enthalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Pixels: {range}, {colour}.</source>
        <translation>Pixel: {range}, {colour}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Tested: {checks}.</source>
        <translation>Getestet: {checks}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Source: {source}.</source>
        <translation>Quelle: {source}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>By {by}. “Download” gets it from {url} (an address that we have not tested), checks its SHA-256 and tests it on a face.</source>
        <translation>Von {by}. „Herunterladen“ holt das Modell von {url} (eine von uns nicht getestete Adresse), prüft die SHA-256-Summe und testet es an einem Gesicht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>detects faces ({title})</source>
        <translation>findet Gesichter ({title})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces ({title})</source>
        <translation>erkennt Gesichter ({title})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces in {dimensions} dimensions ({title})</source>
        <translation>erkennt Gesichter ({title}, {dimensions} Merkmale)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the folder name: {name}</source>
        <translation>Im Ordnernamen: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the file: {name}</source>
        <translation>In der Datei: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the archive: {name}</source>
        <translation>Im Archiv: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>ignored</source>
        <translation>ignoriert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>not {name}</source>
        <translation>nicht {name}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>Used the names from files for {n} conflicts.</source>
        <translation>
            <numerusform>Namen aus Dateien für {n} Konflikt übernommen.</numerusform>
            <numerusform>Namen aus Dateien für {n} Konflikte übernommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>Kept your names for {n} conflicts.</source>
        <translation>
            <numerusform>Eigene Namen für {n} Konflikt behalten.</numerusform>
            <numerusform>Eigene Namen für {n} Konflikte behalten.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>Not {who}: that name will not be suggested for this face.</source>
        <translation>Nicht {who}: Dieser Name wird für dieses Gesicht nicht mehr vorgeschlagen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>This face is no longer ignored. Undo: Ctrl+Z.</source>
        <translation>Dieses Gesicht wird nicht mehr ignoriert. Widerrufen: Strg+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>Ignored this face. Undo: Ctrl+Z.</source>
        <translation>Dieses Gesicht wird ignoriert. Widerrufen: Strg+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Face Match gallery</source>
        <translation>Face-Match-Galerie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The gallery is in {folder} now.</source>
        <translation>Die Galerie ist jetzt in {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Left in the old folder: {files}.</source>
        <translation>Im alten Ordner geblieben: {files}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Moving the gallery</source>
        <translation>Die Galerie wird verschoben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Stopped. The gallery is where it was.</source>
        <translation>Angehalten. Die Galerie ist, wo sie war.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The gallery was moved to {new}. What was left of it in {old} is removed now.</source>
        <translation>Die Galerie wurde nach {new} verschoben. Was davon noch in {old} lag, ist jetzt entfernt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The move of the gallery to {new} was interrupted. The gallery is still in {old}.</source>
        <translation>Das Verschieben der Galerie nach {new} wurde unterbrochen. Die Galerie ist noch in {old}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The move of the gallery was interrupted, and there are two now: the one in {meant} is used. The one in {other} was changed since, and stays.</source>
        <translation>Das Verschieben der Galerie wurde unterbrochen, und nun gibt es zwei: Die in {meant} wird verwendet. Die in {other} wurde seitdem geändert und bleibt erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Ending a move of the gallery</source>
        <translation>Verschieben der Galerie wird abgeschlossen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Encrypting</source>
        <translation>Galerie wird verschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Decrypting</source>
        <translation>Galerie wird entschlüsselt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nobody can read it without the passphrase.</source>
        <translation>Ohne die Passphrase kann sie niemand lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nobody can read it without your keyring.</source>
        <translation>Ohne den Schlüsselbund kann sie niemand lesen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Damaged and not changed: {files}.</source>
        <translation>Beschädigt und nicht geändert: {files}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleted for good: {faces}, {crops}.</source>
        <translation>Endgültig gelöscht: {faces}, {crops}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>{n} crops</source>
        <translation>
            <numerusform>{n} Ausschnitt</numerusform>
            <numerusform>{n} Ausschnitte</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nothing has changed since the last backup.</source>
        <translation>Seit der letzten Sicherung hat sich nichts geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup made: {contents}.</source>
        <translation>Sicherung angelegt: {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Checking the gallery</source>
        <translation>Galerie wird geprüft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup restored. The records that could not be read are kept as {name}.</source>
        <translation>Sicherung wiederhergestellt. Die nicht lesbaren Daten bleiben als {name} erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup restored.</source>
        <translation>Sicherung wiederhergestellt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Restoring the backup</source>
        <translation>Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery now uses {name}. The previous records are kept as a backup.</source>
        <translation>Die Galerie benutzt jetzt {name}. Die bisherigen Daten bleiben als Sicherung erhalten.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Changing the storage</source>
        <translation>Speicherform wird geändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Not everything of this person could be deleted. Left in: {files}</source>
        <translation>Nicht alles von dieser Person konnte gelöscht werden. Übrig in: {files}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleted for good: {faces}, {crops}, and entries in {files}. The gallery’s folder was searched: nothing of this person is left.</source>
        <translation>Endgültig gelöscht: {faces}, {crops} und Einträge in {files}. Der Ordner der Galerie wurde durchsucht: Von dieser Person ist nichts übrig.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleting a person</source>
        <translation>Person wird gelöscht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. Nothing was deleted.</source>
        <translation>Angehalten. Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is empty.</source>
        <translation>Die Galerie ist leer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is empty. Files that are not the gallery’s were left: {files}</source>
        <translation>Die Galerie ist leer. Dateien, die nicht zur Galerie gehören, blieben liegen: {files}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleting all people</source>
        <translation>Alle Personen werden gelöscht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is encrypted.</source>
        <translation>Die Galerie ist verschlüsselt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Your photos themselves stay as they are.</source>
        <translation>Die Fotos selbst bleiben, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. The gallery is partly encrypted. Choose Backup &amp; privacy → Finish encrypting to resume.</source>
        <translation>Angehalten. Die Galerie ist teilweise verschlüsselt. Zum Fortsetzen Sicherung &amp; Datenschutz → Verschlüsselung abschließen wählen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is no longer encrypted ({n} files).</source>
        <translation>
            <numerusform>Die Galerie ist nicht mehr verschlüsselt ({n} Datei).</numerusform>
            <numerusform>Die Galerie ist nicht mehr verschlüsselt ({n} Dateien).</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. The gallery is partly encrypted. Choose Backup &amp; privacy → Decrypt to resume.</source>
        <translation>Angehalten. Die Galerie ist teilweise verschlüsselt. Zum Fortsetzen Sicherung &amp; Datenschutz → Entschlüsseln wählen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The passphrase was changed. Earlier copies of the gallery still open with the keyring.</source>
        <translation>Die Passphrase wurde geändert. Frühere Kopien der Galerie lassen sich weiterhin mit dem Schlüsselbund öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The passphrase was changed. Earlier copies of the gallery still open with the old one.</source>
        <translation>Die Passphrase wurde geändert. Frühere Kopien der Galerie lassen sich weiterhin mit der alten öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Changing the passphrase</source>
        <translation>Passphrase wird geändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Stopped. The next download resumes where it stopped.</source>
        <translation>Angehalten. Der nächste Download macht dort weiter, wo dieser aufgehört hat.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Open a gallery before you change the model.</source>
        <translation>Vor dem Wechsel des Modells eine Galerie öffnen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>{title} now detects the faces.</source>
        <translation>Gesichter findet jetzt {title}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>{title} was downloaded.</source>
        <translation>{title} wurde geladen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Downloading {title}</source>
        <translation>{title} wird geladen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Embedding faces</source>
        <translation>Gesichtsmerkmale werden berechnet</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Stopped. The model was not changed.</source>
        <translation>Angehalten. Das Modell wurde nicht gewechselt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/open_gallery.py"/>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/open_gallery.py"/>
        <source>Another task is using the gallery. Wait until it is finished, or cancel it.</source>
        <translation>Eine andere Aufgabe benutzt die Galerie. Ihr Ende abwarten oder sie abbrechen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Renamed {before} to {after}.</source>
        <translation>{before} heißt jetzt {after}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Merged {people} into {name}, who now has {n} faces.</source>
        <translation>
            <numerusform>{people} mit {name} zusammengeführt: jetzt {n} Gesicht.</numerusform>
            <numerusform>{people} mit {name} zusammengeführt: jetzt {n} Gesichter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Moved {n} faces to {name}, who now has {total}.</source>
        <translation>
            <numerusform>{n} Gesicht zu {name} verschoben: jetzt {total}.</numerusform>
            <numerusform>{n} Gesichter zu {name} verschoben: jetzt {total}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Deleted {people}.</source>
        <translation>Gelöscht: {people}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>{n} faces are unnamed now.</source>
        <translation>
            <numerusform>{n} Gesicht ist jetzt unbenannt.</numerusform>
            <numerusform>{n} Gesichter sind jetzt unbenannt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Cover photo set for {name}.</source>
        <translation>Titelbild von {name} festgelegt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Birth date removed for {name}.</source>
        <translation>Geburtsdatum von {name} entfernt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Birth date set for {name}: {date}.</source>
        <translation>Geburtsdatum von {name} festgelegt: {date}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Removed {n} faces from {people}. They are unnamed now.</source>
        <translation>
            <numerusform>{n} Gesicht von {people} entfernt. Es ist jetzt unbenannt.</numerusform>
            <numerusform>{n} Gesichter von {people} entfernt. Sie sind jetzt unbenannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Removed {n} near-duplicates of {people}.</source>
        <translation>
            <numerusform>{n} nahezu gleiches Gesicht von {people} entfernt.</numerusform>
            <numerusform>{n} nahezu gleiche Gesichter von {people} entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Nothing was changed: the faces have no name any more.</source>
        <translation>Nichts wurde geändert: Die Gesichter haben keinen Namen mehr.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Copying photos</source>
        <translation>Fotos werden kopiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No photo was copied.</source>
        <translation>Angehalten. Es wurde kein Foto kopiert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{file} is another photo.</source>
        <translation>{file} ist ein anderes Foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Searching for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Stopped. No photo was found.</source>
        <translation>Angehalten. Es wurde kein Foto gefunden.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Copied {n} photos into {folder}.</source>
        <translation>
            <numerusform>{n} Foto nach {folder} kopiert.</numerusform>
            <numerusform>{n} Fotos nach {folder} kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>No photo is missing.</source>
        <translation>Es fehlt kein Foto.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Found {n} photos.</source>
        <translation>
            <numerusform>{n} Foto gefunden.</numerusform>
            <numerusform>{n} Fotos gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{n} photos are still missing.</source>
        <translation>
            <numerusform>{n} Foto fehlt noch.</numerusform>
            <numerusform>{n} Fotos fehlen noch.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_queue.py"/>
        <source>There are no photos in that folder.</source>
        <translation>In diesem Ordner sind keine Fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_turn.py"/>
        <source>Photo turned. Its file is unchanged.</source>
        <translation>Foto gedreht. Die Datei ist unverändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/server_password.py"/>
        <source>The password is right, but the system’s keyring did not keep it.</source>
        <translation>Das Passwort stimmt, aber der Schlüsselbund des Systems hat es nicht gespeichert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No archive was written.</source>
        <translation>Angehalten. Es wurde kein Archiv geschrieben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing</source>
        <translation>Import läuft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. The gallery was not changed.</source>
        <translation>Angehalten. Die Galerie wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>{file} contains {faces} of {photos}.</source>
        <translation>{file} enthält {faces}, gefunden in {photos}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting the face list</source>
        <translation>Gesichterliste wird exportiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No list was written.</source>
        <translation>Angehalten. Es wurde keine Liste geschrieben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting photos</source>
        <translation>Fotos werden exportiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Writing names</source>
        <translation>Namen werden geschrieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No name was written.</source>
        <translation>Angehalten. Es wurde kein Name geschrieben.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>No names for photos were found in {folder}.</source>
        <translation>In {folder} wurden keine Namen zu Fotos gefunden.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing names</source>
        <translation>Namen werden importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>{folder} has no subfolders with photos. Put the photos of each person into a subfolder with the person’s name.</source>
        <translation>{folder} hat keine Unterordner mit Fotos. Die Fotos jeder Person gehören in einen Unterordner mit ihrem Namen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing people</source>
        <translation>Personen werden importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Another folder is being scanned. Wait until it is finished, or cancel it.</source>
        <translation>Ein anderer Ordner wird gerade durchsucht. Das Ende abwarten oder abbrechen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Removed {n} faces from the group.</source>
        <translation>
            <numerusform>{n} Gesicht aus der Gruppe entfernt.</numerusform>
            <numerusform>{n} Gesichter aus der Gruppe entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Not {name}: that name will not be suggested for {n} faces.</source>
        <translation>
            <numerusform>Nicht {name}: Der Name wird für {n} Gesicht nicht mehr vorgeschlagen.</numerusform>
            <numerusform>Nicht {name}: Der Name wird für {n} Gesichter nicht mehr vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Removed {n} faces from the group: {name} will not be suggested for them again.</source>
        <translation>
            <numerusform>{n} Gesicht aus der Gruppe entfernt: {name} wird dafür nicht mehr vorgeschlagen.</numerusform>
            <numerusform>{n} Gesichter aus der Gruppe entfernt: {name} wird dafür nicht mehr vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Merged {faces} into one group.</source>
        <translation>{faces} zu einer Gruppe vereint.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Ignored {faces}.</source>
        <translation>Ignoriert: {faces}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>{n} faces are shown again.</source>
        <translation>
            <numerusform>{n} Gesicht wird wieder gezeigt.</numerusform>
            <numerusform>{n} Gesichter werden wieder gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>added {faces} to {person}</source>
        <translation>{faces} zu {person} hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>moved {faces} from {people} to {person}</source>
        <translation>{faces} von {people} zu {person} verschoben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>moved {faces} to {person}</source>
        <translation>{faces} zu {person} verschoben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed a drawn box</source>
        <translation>gezeichneter Rahmen entfernt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces} from a group</source>
        <translation>{faces} aus einer Gruppe entfernt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces} of {people}</source>
        <translation>{faces} von {people} entfernt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces}</source>
        <translation>{faces} entfernt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>rejected {person} for {faces}</source>
        <translation>{person} für {faces} abgelehnt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>renamed {person} to {other}</source>
        <translation>{person} in {other} umbenannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>merged {people} into {person}</source>
        <translation>{people} mit {person} zusammengeführt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>deleted {people}</source>
        <translation>{people} gelöscht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>set the cover photo of {person}</source>
        <translation>Titelbild von {person} festgelegt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>set the birth date of {person} to {date}</source>
        <translation>Geburtsdatum von {person} auf {date} festgelegt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed the birth date of {person}</source>
        <translation>Geburtsdatum von {person} entfernt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>turned a photo</source>
        <translation>Foto gedreht</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>ignored {faces}</source>
        <translation>{faces} ignoriert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>stopped ignoring {faces}</source>
        <translation>{faces} nicht mehr ignoriert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>grouped {faces}</source>
        <translation>{faces} gruppiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>used the names from files in {conflicts}</source>
        <translation>{conflicts}: Namen aus Dateien übernommen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>kept the current names in {conflicts}</source>
        <translation>{conflicts}: eigene Namen behalten</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported {faces} from another gallery</source>
        <translation>{faces} aus einer anderen Galerie importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported birth dates from another gallery</source>
        <translation>Geburtsdaten aus einer anderen Galerie importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported rejected names from another gallery</source>
        <translation>abgelehnte Namen aus einer anderen Galerie importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported {faces}</source>
        <translation>{faces} importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported faces</source>
        <translation>Gesichter importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported names of people in photos</source>
        <translation>Namen von Personen auf Fotos importiert</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>restored the backup {backup}</source>
        <translation>Sicherung {backup} wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>Undid: {step}.</source>
        <translation>Widerrufen: {step}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>There is nothing to redo.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>Redid: {step}.</source>
        <translation>Wiederholt: {step}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Comparing the faces of the gallery …</source>
        <translation>Die Gesichter der Galerie werden verglichen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Error rates are unknown: the gallery has too few faces, and this model was not measured.</source>
        <translation>Die Fehlerraten sind unbekannt: Die Galerie hat zu wenige Gesichter, und dieses Modell wurde nicht vermessen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>The threshold was not changed.</source>
        <translation>Der Schwellenwert wurde nicht geändert.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>You set this threshold.</source>
        <translation>Dieser Schwellenwert ist selbst gewählt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>The threshold follows this gallery, at the rate you chose.</source>
        <translation>Der Schwellenwert folgt dieser Galerie, mit der gewählten Rate.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>This gallery has many or similar people, so the threshold is higher than the model’s default.</source>
        <translation>Diese Galerie hat viele oder ähnliche Personen; darum ist der Schwellenwert höher als der Standard des Modells.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>This is the model’s default threshold.</source>
        <translation>Das ist der Standard-Schwellenwert des Modells.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>none in {number} comparisons</source>
        <translation>keiner von {number} Vergleichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: {share}. Missed: none.</source>
        <translation>Falsche Vorschläge: {share}. Übersehen: keine.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: {share}. Missed: {missed} of known faces.</source>
        <translation>Falsche Vorschläge: {share}. Übersehen: {missed} der bekannten Gesichter.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Too low: wrong suggestions for {share}.</source>
        <translation>Zu niedrig: falsche Vorschläge bei {share}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Too high: {share} of known faces get no suggestion.</source>
        <translation>Zu hoch: {share} der bekannten Gesichter bekommen keinen Vorschlag.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: 1 in {number} strangers</source>
        <translation>Falsche Vorschläge: 1 von {number} Fremden</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>From {photos} photos of {people} other people, because this gallery has too few faces</source>
        <translation>Aus {photos} Fotos von {people} anderen Personen, weil diese Galerie zu wenige Gesichter hat</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>From this gallery: {faces} of {people}, each compared with everyone</source>
        <translation>Aus dieser Galerie ({faces}, {people}), jedes Gesicht mit allen verglichen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>PgUp</source>
        <translation>Bild↑</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Page Up</source>
        <translation>Bild↑</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Page Down</source>
        <translation>Bild↓</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>any letter</source>
        <translation>ein Buchstabe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>with arrows</source>
        <translation>mit Pfeilen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Alt+T</source>
        <translation>Alt+T</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>d MMMM yyyy, HH:mm</source>
        <translation>d. MMMM yyyy, HH:mm</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Two faces side by side</source>
        <translation>Zwei Gesichter nebeneinander</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>↑ and ↓ compare the next person.</source>
        <translation>↑ und ↓ vergleichen die nächste Person.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Back to the photo</source>
        <translation>Zurück zum Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Show the photo again (Ctrl+E)</source>
        <translation>Wieder das Foto zeigen (Strg+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/fitting_area.py"/>
        <source>There is more below (↑ ↓ scroll)</source>
        <translation>Weiter unten steht mehr (↑ ↓ blättern)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/item_painting.py"/>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Show the folder in the file manager</source>
        <translation>Den Ordner im Dateimanager zeigen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Cancel: {task}</source>
        <translation>Abbrechen: {task}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>cancelling …</source>
        <translation>wird abgebrochen …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {seconds} s left</source>
        <translation>noch etwa {seconds} s</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {minutes} min left</source>
        <translation>noch etwa {minutes} min</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {hours} h left</source>
        <translation>noch etwa {hours} h</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Tab takes the name, ↓ chooses.</source>
        <translation>Tab übernimmt den Namen, ↓ wählt aus.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>↓ chooses, Enter takes.</source>
        <translation>↓ wählt aus, die Eingabetaste übernimmt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Named in the photo’s metadata. Click a name, or type one.</source>
        <translation>In den Metadaten des Fotos genannt. Klicken Sie einen Namen an oder tippen Sie einen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter adds “{name}” as a new person.</source>
        <translation>Die Eingabetaste fügt „{name}“ als neue Person hinzu.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter takes {name}, named in the photo’s metadata.</source>
        <translation>Die Eingabetaste übernimmt {name}, in den Metadaten des Fotos genannt.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter takes {name}.</source>
        <translation>Die Eingabetaste übernimmt {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>People whose names fit</source>
        <translation>Personen mit passenden Namen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>New person “{name}”</source>
        <translation>Neue Person „{name}“</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>in the photo’s metadata</source>
        <translation>in den Metadaten des Fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/people_model.py"/>
        <source>{name}, {faces}, added {date}</source>
        <translation>{name}, {faces}, hinzugefügt am {date}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>Zoom with the wheel or + and −, drag to move, Ctrl+0 to fit. Right-click a face for more</source>
        <translation>Mit dem Mausrad oder + und − zoomen, zum Verschieben ziehen, Strg+0 passt ein. Rechtsklick auf ein Gesicht zeigt mehr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>face {number} selected</source>
        <translation>Gesicht {number} ausgewählt</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{number} is {name}</source>
        <translation>{number} ist {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{number} may be {name}</source>
        <translation>{number} ist vielleicht {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it is open in another program, or was not closed properly: close that program, then import again</source>
        <translation>sie ist in einem anderen Programm geöffnet oder wurde nicht richtig geschlossen: Schließen Sie das Programm, dann importieren Sie noch einmal</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it was changed while it was read: close the program that uses it, then import again</source>
        <translation>sie wurde während des Lesens geändert: Schließen Sie das Programm, das sie verwendet, dann importieren Sie noch einmal</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it takes too long to read</source>
        <translation>das Lesen dauert zu lange</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has too many entries</source>
        <translation>sie hat zu viele Einträge</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it has a table with computed columns, which are not run</source>
        <translation>sie hat eine Tabelle mit berechneten Spalten, die nicht ausgeführt werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it is not an SQLite database</source>
        <translation>sie ist keine SQLite-Datenbank</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/digikam.py"/>
        <source>it is not a digiKam database</source>
        <translation>sie ist keine Datenbank von digiKam</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has too many elements</source>
        <translation>das XMP hat zu viele Elemente</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP is damaged</source>
        <translation>das XMP ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has too many namespaces</source>
        <translation>das XMP hat zu viele Namensräume</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP is empty</source>
        <translation>das XMP ist leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has a document type, which XMP does not allow</source>
        <translation>das XMP hat einen Dokumenttyp, was XMP nicht erlaubt</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP does not fit into a JPEG</source>
        <translation>das XMP passt nicht in ein JPEG</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>the positions of its further images are not understood</source>
        <translation>die Positionen der weiteren Bilder sind nicht verständlich</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>it has data behind the image that must not move</source>
        <translation>hinter dem Bild stehen Daten, die sich nicht verschieben dürfen</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>its EXIF data points behind the image</source>
        <translation>die EXIF-Daten verweisen hinter das Bild</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/png_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/webp_writing.py"/>
        <source>a change would make its content credentials invalid</source>
        <translation>eine Änderung würde den Herkunftsnachweis (Content Credentials) ungültig machen</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_writing.py"/>
        <source>parts of its XMP are missing</source>
        <translation>Teile des XMP fehlen</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>photos of this kind are not rewritten</source>
        <translation>Fotos dieser Art werden nicht neu geschrieben</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>it has a second name (hard link)</source>
        <translation>sie hat einen zweiten Namen (harter Link)</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <location filename="../../../face_match/metadata/sidecar_writer.py"/>
        <location filename="../../../face_match/workflows/write_names.py"/>
        <source>another program has changed it meanwhile</source>
        <translation>ein anderes Programm hat sie inzwischen geändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/google_takeout.py"/>
        <source>it is not valid JSON</source>
        <translation>sie ist kein gültiges JSON</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has too many faces</source>
        <translation>sie hat zu viele Gesichter</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has a document type, which Picasa does not write</source>
        <translation>sie hat einen Dokumenttyp, den Picasa nicht schreibt</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it is not in UTF-8</source>
        <translation>sie ist nicht in UTF-8</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it is not XMP</source>
        <translation>sie ist kein XMP</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it has a document type, which XMP does not allow</source>
        <translation>sie hat einen Dokumenttyp, den XMP nicht erlaubt</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it has too many elements</source>
        <translation>sie hat zu viele Elemente</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>one of its namespaces is too long</source>
        <translation>einer ihrer Namensräume ist zu lang</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/detectors/single_stage.py"/>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>its output has the wrong shape</source>
        <translation>die Ausgabe hat die falsche Form</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the downloaded file is not the expected one</source>
        <translation>die geladene Datei ist nicht die erwartete</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the server sent more than the file has, and the download was deleted</source>
        <translation>der Server hat mehr gesendet, als die Datei enthält; der Download wurde gelöscht</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the server’s answer is invalid</source>
        <translation>die Antwort des Servers ist ungültig</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the connection was interrupted</source>
        <translation>die Verbindung wurde unterbrochen</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>it made no embedding of a face</source>
        <translation>es hat für ein Gesicht keine Merkmale berechnet</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>the file is not the one that was added</source>
        <translation>die Datei ist nicht mehr die hinzugefügte</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its process could not be started</source>
        <translation>der Prozess konnte nicht gestartet werden</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>ONNX Runtime cannot load it</source>
        <translation>ONNX Runtime kann sie nicht laden</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>detectors that take their channels last are not supported</source>
        <translation>Detektoren mit den Farbkanälen am Ende werden nicht unterstützt</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>it finds no landmarks, which are needed to align a face</source>
        <translation>es findet keine Orientierungspunkte, die zum Ausrichten eines Gesichts nötig sind</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>it finds faces in a plain grey image</source>
        <translation>es findet Gesichter in einem einfarbig grauen Bild</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embeddings of real faces are not finite numbers</source>
        <translation>die Merkmale echter Gesichter sind keine endlichen Zahlen</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embedding of a real face is zero, or not finite</source>
        <translation>die Merkmale eines echten Gesichts sind null oder nicht endlich</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embeddings of the same face differ each time</source>
        <translation>die Merkmale desselben Gesichts sind jedes Mal anders</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it is not an ONNX file</source>
        <translation>es ist keine ONNX-Datei</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it is not an ONNX file, or one without a network in it</source>
        <translation>es ist keine ONNX-Datei, oder eine ohne Netz darin</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it defines operators of its own</source>
        <translation>es definiert eigene Operatoren</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>its weights are in another file; save it as one file (onnx.save_model does that)</source>
        <translation>die Gewichte sind in einer anderen Datei; als eine Datei speichern (mit onnx.save_model)</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it has a tensor of more than 1 GB</source>
        <translation>es enthält einen Tensor von mehr als 1 GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it makes a tensor of more than 1 GB</source>
        <translation>es erzeugt einen Tensor von mehr als 1 GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>the file has changed</source>
        <translation>die Datei hat sich geändert</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>no permission to read it</source>
        <translation>keine Berechtigung zum Lesen</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>partly covered</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>unclear</source>
        <translation>undeutlich</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too small</source>
        <translation>zu klein</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>blurred</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too dark</source>
        <translation>zu dunkel</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too bright</source>
        <translation>zu hell</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>low in contrast</source>
        <translation>kontrastarm</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>turned away</source>
        <translation>abgewandt</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>tilted up or down</source>
        <translation>geneigt</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it does not answer</source>
        <translation>er antwortet nicht</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it has no workers</source>
        <translation>er hat keine Worker</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>workers ended while they read it</source>
        <translation>Worker endeten, während sie es lasen</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>A new worker</source>
        <translation>Ein neuer Worker</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>Dask failed; the log says with which error</source>
        <translation>Dask ist gescheitert; das Protokoll sagt, mit welchem Fehler</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it has no workers any more</source>
        <translation>er hat keine Worker mehr</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/replies.py"/>
        <source>a worker’s answer is invalid</source>
        <translation>die Antwort eines Workers ist ungültig</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/export_photos.py"/>
        <source>it is not the photo that the gallery knows</source>
        <translation>es ist nicht das Foto, das die Galerie kennt</translation>
    </message>
</context>
</TS>
