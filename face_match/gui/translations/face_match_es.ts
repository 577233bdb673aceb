<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Face Match</name>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server is backed up by the server's administrators, and by “export”, whose archive “import-archive” brings back.</source>
        <translation>De una galería en un servidor hacen copias de seguridad sus administradores y «export», cuyo archivo recupera «import-archive».</translation>
    </message>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server stays in its database; “export” and “import-archive” move it to a folder.</source>
        <translation>Una galería en un servidor permanece en su base de datos; «export» e «import-archive» la llevan a una carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/cli/gallery.py"/>
        <source>A gallery on a server has no passphrase: the server's administrators encrypt its disks, and the address asks for encrypted connections with sslmode=verify-full.</source>
        <translation>Una galería en un servidor no tiene frase de contraseña: los administradores del servidor cifran sus discos, y la dirección pide conexiones cifradas con sslmode=verify-full.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it is too long</source>
        <translation>es demasiado larga</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it does not begin with postgresql://</source>
        <translation>no empieza por postgresql://</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it is not in the form of an address</source>
        <translation>no tiene la forma de una dirección</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>its port is not a number from 1 to 65535</source>
        <translation>su puerto no es un número del 1 al 65535</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it names no database</source>
        <translation>no indica ninguna base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it has an option that is not allowed</source>
        <translation>contiene una opción no permitida</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its sslmode does not exist</source>
        <translation>su sslmode no existe</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>a name in it is longer than 63 bytes</source>
        <translation>contiene un nombre de más de 63 bytes</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its schema belongs to PostgreSQL</source>
        <translation>su esquema pertenece a PostgreSQL</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>its folder of crops is not given from the root on</source>
        <translation>su carpeta de recortes no se indica desde la raíz</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/gallery_place.py"/>
        <source>it has characters that cannot be in an address</source>
        <translation>contiene caracteres que no pueden estar en una dirección</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/byte_source.py"/>
        <source>it is damaged</source>
        <translation>está dañado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>too large for this machine's memory</source>
        <translation>demasiado grande para la memoria de este equipo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>an unsupported kind of JPEG</source>
        <translation>un tipo de JPEG no compatible</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>an unsupported kind of TIFF</source>
        <translation>un tipo de TIFF no compatible</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>damaged, or an unsupported kind of HEIF</source>
        <translation>dañado, o un tipo de HEIF no compatible</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>the file is empty</source>
        <translation>el archivo está vacío</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/decoding.py"/>
        <source>not an image</source>
        <translation>no es una imagen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_image.py"/>
        <source>its decoder could not be started</source>
        <translation>no se pudo iniciar su decodificador</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_image.py"/>
        <source>its decoder ended unexpectedly</source>
        <translation>su decodificador terminó inesperadamente</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts are combined in a way that photos do not use</source>
        <translation>sus partes están combinadas de una forma que las fotos no usan</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts do not have the sizes that it states</source>
        <translation>sus partes no tienen los tamaños que indica</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>its parts share too much data</source>
        <translation>sus partes comparten demasiados datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/heif_shape.py"/>
        <source>it states more than one rotation, mirroring or crop for a part</source>
        <translation>indica más de un giro, reflejo o recorte para una de sus partes</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/jpeg_segments.py"/>
        <source>it has too many segments</source>
        <translation>tiene demasiados segmentos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a RAW file</source>
        <translation>un archivo RAW</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a video</source>
        <translation>un vídeo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>a web page</source>
        <translation>una página web</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/kinds.py"/>
        <source>an SVG drawing</source>
        <translation>un dibujo SVG</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a RAW photo: install the package rawpy to read its preview</source>
        <translation>una foto RAW: instala el paquete rawpy para leer su vista previa</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a RAW photo without a preview</source>
        <translation>una foto RAW sin vista previa</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/raw.py"/>
        <source>a damaged or unknown kind of RAW photo</source>
        <translation>una foto RAW dañada o de un tipo desconocido</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/images/webp_chunks.py"/>
        <source>it has too many chunks</source>
        <translation>tiene demasiados bloques</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is not a readable image ({reason}).</source>
        <translation>{name} no es una imagen legible ({reason}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The folder {name} cannot be read ({reason}). Its photos were skipped.</source>
        <translation>No se puede leer la carpeta {name} ({reason}). Se omitieron sus fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is the same photo as {first}, and was counted once.</source>
        <translation>{name} es la misma foto que {first} y se contó una vez.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be rewritten ({reason}). The photo is as it was.</source>
        <translation>{name} no se pudo reescribir ({reason}). La foto está como estaba.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} was not rewritten ({reason}). Its names are in its XMP sidecar.</source>
        <translation>{name} no se reescribió ({reason}). Sus nombres están en su archivo XMP adjunto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be written ({reason}). Data saved before is not affected.</source>
        <translation>No se pudo escribir {name} ({reason}). Los datos guardados antes no se ven afectados.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The XMP inside {name} cannot be read ({reason}). The photo was not changed.</source>
        <translation>No se puede leer el XMP de {name} ({reason}). La foto no se ha modificado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} is not a readable XMP sidecar ({reason}). It was not changed.</source>
        <translation>{name} no es un archivo XMP auxiliar legible ({reason}). No se modificó.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The names in {name} cannot be read ({reason}). The file was not changed.</source>
        <translation>No se pueden leer los nombres de {name} ({reason}). El archivo no se ha modificado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} {reason}.</source>
        <translation>{name} {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no person called “{name}” in the gallery.</source>
        <translation>En la galería no hay nadie llamado «{name}».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no face {face_id} in the gallery. “show NAME” lists the faces of a person.</source>
        <translation>En la galería no hay ninguna cara {face_id}. «show NOMBRE» muestra las caras de una persona.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The face {face_id} has no name.</source>
        <translation>La cara {face_id} no tiene nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no open conflict {conflict_id}. “conflicts” lists them.</source>
        <translation>No hay ningún conflicto abierto {conflict_id}. «conflicts» los muestra.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{name}” cannot be a name: {reason}.</source>
        <translation>«{name}» no puede ser un nombre: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{text}” is not a birth date. Enter a year, a month or a day in the past: 2014, 2014-05 or 2014-05-17.</source>
        <translation>«{text}» no es una fecha de nacimiento. Escribe un año, un mes o un día del pasado: 2014, 2014-05 o 2014-05-17.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This face is already {person}.</source>
        <translation>Esta cara ya es {person}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This face is {person}. Use “add --replace” to give it another name.</source>
        <translation>Esta cara es {person}. «add --replace» le da otro nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Another person is called {name}. “merge” combines the two people.</source>
        <translation>Otra persona ya se llama {name}. «merge» combina a las dos personas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The cluster at {address} cannot be used: {reason}. Photos that were scanned before are recorded; the same command resumes.</source>
        <translation>No se puede usar el clúster en {address}: {reason}. Las fotos ya analizadas están guardadas; la misma orden continúa.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The report could not be written to {name} ({reason}).</source>
        <translation>No se pudo escribir el informe en {name} ({reason}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Nothing was written to {name}: it belongs to the gallery. Choose another place.</source>
        <translation>No se escribió nada en {name}: pertenece a la galería. Elige otro lugar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{place} could not be written ({reason}). No incomplete file was left.</source>
        <translation>No se pudo escribir {place} ({reason}). No quedó ningún archivo incompleto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The groups in {name} cannot be read: {reason}.</source>
        <translation>No se pueden leer los grupos de {name}: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The weights of {model} are damaged ({detail}). Delete the file and download it again. “doctor” shows where it is.</source>
        <translation>Los pesos de {model} están dañados ({detail}). Elimina el archivo y descárgalo de nuevo. «doctor» muestra dónde está.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The model {model} failed: {detail}. It was stopped, and other photos are not affected. If this happens often, use another model.</source>
        <translation>El modelo {model} falló: {detail}. Se detuvo y las demás fotos no se ven afectadas. Si ocurre a menudo, usa otro modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{model} was not added: {detail}.</source>
        <translation>{model} no se añadió: {detail}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{model} could not be downloaded: {detail}. Try again: the download resumes where it stopped.</source>
        <translation>No se pudo descargar {model}: {detail}. Inténtalo de nuevo: la descarga continúa donde se detuvo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The {model} engine cannot {detail}. Leave out --engine {model}.</source>
        <translation>El motor {model} no puede hacer esto: {detail}. Omite --engine {model}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} {detail}. Nothing was read or written through it. Put the real file or folder in its place.</source>
        <translation>{name} {detail}. No se leyó ni se escribió nada a través de él. Pon en su lugar el archivo o la carpeta real.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The system does not let {name} be read ({detail}). Nothing was changed. Check that its drive is connected and that you may read it, close programs that you do not need, and try again.</source>
        <translation>El sistema no deja leer {name} ({detail}). No se ha cambiado nada. Compruebe que la unidad está conectada y que tiene permiso para leerlo, cierre los programas que no necesite e inténtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be used ({detail}). Nothing was changed. The gallery and its backups open only with the right {name}: put it back from a copy of the gallery’s folder, then try again.</source>
        <translation>No se puede usar {name} ({detail}). No se modificó nada. La galería y sus copias de seguridad solo se abren con el {name} correcto: recupéralo de una copia de la carpeta de la galería e inténtalo de nuevo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>A deletion for good was interrupted, and {name}, which says what is left to delete, cannot be used ({detail}). Nothing was changed. Delete {name}, then delete the person again.</source>
        <translation>Una eliminación definitiva se interrumpió, y {name}, que dice lo que queda por eliminar, no se puede usar ({detail}). No se ha cambiado nada. Elimine {name} y después elimine de nuevo a la persona.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of all people in {name} is not finished. If it was interrupted, it is completed when the gallery is next opened for writing, as by “clear”.</source>
        <translation>La eliminación de todas las personas de {name} no ha terminado. Si se interrumpió, se completará la próxima vez que la galería se abra para escribir, por ejemplo con «clear».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be restored ({detail}). The gallery was not changed.</source>
        <translation>No se puede restaurar {name} ({detail}). La galería no cambió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be restored: it was deleted with all people. That deletion had been interrupted and is complete now.</source>
        <translation>No se puede restaurar {name}: se eliminó con todas las personas. Esa eliminación se había interrumpido y ahora está completa.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be imported: {detail}. The gallery was not changed.</source>
        <translation>No se puede importar {name}: {detail}. La galería no cambió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery’s folder {path} is not there, or is empty. Connect its drive, or begin a new gallery there in the window.</source>
        <translation>La carpeta {path} de la galería no está o está vacía. Conecte su unidad o inicie allí una galería nueva en la ventana.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>A passphrase was given, but there is no gallery in {path}. Connect its drive, or begin an encrypted gallery there with “encrypt”.</source>
        <translation>Se indicó una frase de contraseña, pero no hay ninguna galería en {path}. Conecte su unidad o inicie allí una galería cifrada con «encrypt».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery in {name} is locked. Its passphrase is needed.</source>
        <translation>La galería de {name} está bloqueada. Se necesita su frase de contraseña.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Wrong passphrase for the gallery in {name}. Nothing was changed.</source>
        <translation>Frase de contraseña incorrecta para la galería de {name}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The system’s keyring is not available, or does not hold the key of {name}. Unlock the keyring and try again, on the computer and in the user account that encrypted the gallery.</source>
        <translation>El llavero del sistema no está disponible o no contiene la clave de {name}. Desbloquea el llavero e inténtalo de nuevo, en el equipo y la cuenta de usuario que cifraron la galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} was written by a newer version of Face Match (format {detail}; this version reads formats up to {newest}). Update the program to open it.</source>
        <translation>{name} se escribió con una versión más reciente de Face Match (formato {detail}; esta versión lee formatos hasta el {newest}). Actualiza el programa para abrirlo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery is in use by another Face Match ({detail}). You can view it, but not change it.</source>
        <translation>Otro Face Match está usando la galería ({detail}). Puedes verla, pero no cambiarla.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Nothing was changed in {name}: {detail} while the gallery was open, and another program may have written to it since. Open it again to continue.</source>
        <translation>No se cambió nada en {name}: {detail} mientras la galería estaba abierta, y otro programa puede haber escrito en ella desde entonces. Ábrela de nuevo para continuar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Someone else has changed this meanwhile. Nothing was changed; what is shown is up to date.</source>
        <translation>Otra persona ha cambiado esto entretanto. No se ha modificado nada; lo que se muestra está al día.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>This is not the address of a gallery on a server: {reason}. An address looks like postgresql://user@host/database?schema=name.</source>
        <translation>No es la dirección de una galería en un servidor: {reason}. Una dirección tiene esta forma: postgresql://user@host/database?schema=name.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no gallery at {name} yet. Add or import photos to begin one.</source>
        <translation>Todavía no hay ninguna galería en {name}. Añada o importe fotos para empezar una.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} cannot be reached ({detail}).</source>
        <translation>No se puede conectar con el servidor de {name} ({detail}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Your user of the server has too few rights for {name} ({detail}). Its administrator can grant them.</source>
        <translation>Su usuario del servidor no tiene suficientes permisos para {name} ({detail}). El administrador puede concederlos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} cannot hold a gallery: {detail}.</source>
        <translation>El servidor de {name} no puede contener una galería: {detail}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>No face was found in {name} where {person} is marked.</source>
        <translation>En {name} no se encontró ninguna cara donde está marcada {person}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>No face was found in {name}.</source>
        <translation>No se encontró ninguna cara en {name}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>{n} faces were found in {name}, and none of them matches another photo of {person}.</source>
        <translation>
            <numerusform>Se encontró {n} cara en {name}, y no coincide con ninguna otra foto de {person}.</numerusform>
            <numerusform>Se encontraron {n} caras en {name}, y ninguna coincide con otra foto de {person}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{number} at {place}</source>
        <translation>{number} en {place}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} has no face {face_number}. Its faces: {listed}.</source>
        <translation>{name} no tiene ninguna cara {face_number}. Sus caras: {listed}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>{n} faces were found in {name}: {listed}. Choose one with --face and its number.</source>
        <translation>
            <numerusform>Se encontró {n} cara en {name}: {listed}. Elige una con --face y su número.</numerusform>
            <numerusform>Se encontraron {n} caras en {name}: {listed}. Elige una con --face y su número.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The box at {place}, lies outside {name}. Draw it around a face.</source>
        <translation>El recuadro en {place}, queda fuera de {name}. Dibújalo alrededor de una cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The box at {place}, is too small: a face in {name} needs {least} or more.</source>
        <translation>El recuadro en {place}, es demasiado pequeño: una cara en {name} necesita {least} o más.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>({x}, {y}), {width} × {height} pixels</source>
        <translation>({x}, {y}), {width} × {height} píxeles</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The places of names in {name} do not fit the photo ({reason}). The names are kept without places.</source>
        <translation>Los lugares de los nombres en {name} no corresponden a la foto ({reason}). Los nombres se conservan sin lugar.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/messages.py"/>
        <source>Not enough data: {n} people have 2 faces or more; {needed} are needed.</source>
        <translation>
            <numerusform>Faltan datos: {n} persona tiene 2 caras o más; se necesitan {needed}.</numerusform>
            <numerusform>Faltan datos: {n} personas tienen 2 caras o más; se necesitan {needed}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{worker} of the cluster cannot work for this computer: {reason}.</source>
        <translation>{worker} del clúster no puede trabajar para este ordenador: {reason}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>There is no model called {model}. “models list” shows the available models.</source>
        <translation>No hay ningún modelo llamado {model}. «models list» muestra los disponibles.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>FaceNet’s weights are not installed. Download them with “models download facenet” (92 MB), or use the built-in model.</source>
        <translation>Los pesos de FaceNet no están instalados. Descárgalos con «models download facenet» (92 MB) o usa el modelo incluido.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The file of {model} is missing. Add it again with “models add FILE”.</source>
        <translation>Falta el archivo de {model}. Vuelve a añadirlo con «models add ARCHIVO».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The weights of {model} are not installed. Install them with “{install_command}”.</source>
        <translation>Los pesos de {model} no están instalados. Instálalos con «{install_command}».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The {model} engine needs the package {detail}. Install it with “{install_command}”.</source>
        <translation>El motor {model} necesita el paquete {detail}. Instálalo con «{install_command}».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>“{step}” cannot be undone or redone, because the gallery has changed since. Nothing was changed.</source>
        <translation>«{step}» no se puede deshacer ni rehacer, porque la galería ha cambiado desde entonces. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} could not be written ({detail}).</source>
        <translation>No se pudo escribir {name} ({detail}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>Data saved before is not affected.</source>
        <translation>Los datos guardados antes no se ven afectados.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of {name} is not finished. It resumes when the gallery is next opened for writing.</source>
        <translation>La eliminación de {name} no ha terminado. Continuará la próxima vez que la galería se abra para escribir.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The deletion of all people is not finished. It resumes when the gallery is next opened for writing.</source>
        <translation>La eliminación de todas las personas no ha terminado. Continuará la próxima vez que la galería se abra para escribir.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. There is no readable backup.</source>
        <translation>No se puede leer {name} ({detail}). No se modificó. No hay ninguna copia de seguridad legible.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. The backup can be read. Restore it with “restore {backup}”.</source>
        <translation>No se puede leer {name} ({detail}). No se modificó. La copia de seguridad es legible. Restáurala con «restore {backup}».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>{name} cannot be read ({detail}). It was not changed. The backup of {date} can be read. Restore it with “restore {backup}”.</source>
        <translation>No se puede leer {name} ({detail}). No se modificó. La copia de seguridad del {date} es legible. Restáurala con «restore {backup}».</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server does not accept the password, or this user, for {name}.</source>
        <translation>El servidor no acepta la contraseña, o este usuario, para {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The server of {name} asks for a password. Commands take it from PGPASSWORD or ~/.pgpass.</source>
        <translation>El servidor de {name} pide una contraseña. Los comandos la toman de PGPASSWORD o de ~/.pgpass.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>The gallery cannot be moved to {name}: {detail}. It is where it was.</source>
        <translation>La galería no se puede mover a {name}: {detail}. Está donde estaba.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/messages.py"/>
        <source>What was copied is in {folder}. Move the gallery there again to go on, or delete that folder.</source>
        <translation>Lo que ya se copió está en {folder}. Mueva la galería allí de nuevo para continuar o elimine esa carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{one} and {other} are easily mixed up: too close to decide.</source>
        <translation>{one} y {other} se confunden con facilidad: se parecen demasiado para decidir.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The metadata in {photo} is newer than that of its sidecar. Both got the names.</source>
        <translation>Los metadatos de {photo} son más recientes que los de su archivo adjunto. Ambos recibieron los nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The metadata in {sidecar} is newer than that in the photo. Both got the names.</source>
        <translation>Los metadatos de {sidecar} son más recientes que los de la foto. Ambos recibieron los nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} may have been a child: the birth date is not known.</source>
        <translation>Las fotos están separadas por {years} años, y {name} quizá era menor de edad: no se conoce la fecha de nacimiento.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} was not born yet when the earlier one was taken.</source>
        <translation>Las fotos están separadas por {years} años, y {name} aún no había nacido cuando se hizo la primera.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>The photos are {years} years apart, and {name} was a child.</source>
        <translation>Las fotos están separadas por {years} años, y {name} estaba en la infancia.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>At threshold {threshold}, {strangers} would get a wrong suggestion in this gallery. At {safer} it is {rate}.</source>
        <translation>Con el umbral {threshold}, {strangers} recibirían una sugerencia errónea en esta galería. Con {safer}, {rate}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>This gallery has many people, or people who look alike to the model, so the threshold was raised from {default} to {threshold}. “Check” lists who looks alike.</source>
        <translation>Esta galería tiene muchas personas, o personas que se parecen para el modelo, por lo que el umbral subió de {default} a {threshold}. «Comprobar» muestra quiénes se parecen.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{count} people in this gallery are children. The model distinguishes children less well, so suggestions are less reliable here.</source>
        <translation>{count} personas de esta galería son niños. El modelo los distingue peor, por lo que aquí las sugerencias son menos fiables.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>Threshold {threshold}, learned from {n} people in this gallery.</source>
        <translation>
            <numerusform>Umbral {threshold}, aprendido de {n} persona de esta galería.</numerusform>
            <numerusform>Umbral {threshold}, aprendido de {n} personas de esta galería.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{several} and {last}</source>
        <translation>{several} y {last}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>This face is {reasons}; matches against it will be unreliable.</source>
        <translation>Esta cara está {reasons}; las coincidencias con ella no serán fiables.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>Not encrypted, because Face Match did not create them: {named}. Anyone can still read them.</source>
        <translation>Sin cifrar, porque no los creó Face Match: {named}. Cualquiera puede seguir leyéndolos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>Not encrypted, because Face Match did not create them: {named} and {others} more. Anyone can still read them.</source>
        <translation>Sin cifrar, porque no los creó Face Match: {named} y {others} más. Cualquiera puede seguir leyéndolos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{said} For example: {named}.</source>
        <translation>{said} Por ejemplo: {named}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/notes.py"/>
        <source>{said} These are: {named}.</source>
        <translation>{said} Son: {named}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} marks {n} faces without a name.</source>
        <translation>
            <numerusform>{file} marca {n} cara sin nombre.</numerusform>
            <numerusform>{file} marca {n} caras sin nombre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} suggests names for {n} faces, which nobody has confirmed.</source>
        <translation>
            <numerusform>{file} propone un nombre para {n} cara que nadie ha confirmado.</numerusform>
            <numerusform>{file} propone nombres para {n} caras que nadie ha confirmado.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} marks {n} faces of people whose names it does not give.</source>
        <translation>
            <numerusform>{file} marca {n} cara de una persona cuyo nombre no indica.</numerusform>
            <numerusform>{file} marca {n} caras de personas cuyos nombres no indica.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} gives {n} places or names that are not of people’s faces.</source>
        <translation>
            <numerusform>{file} indica {n} lugar o nombre que no es de la cara de una persona.</numerusform>
            <numerusform>{file} indica {n} lugares o nombres que no son de caras de personas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{n} entries in {file} are damaged.</source>
        <translation>
            <numerusform>{n} entrada de {file} está dañada.</numerusform>
            <numerusform>{n} entradas de {file} están dañadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} names people in {n} photos that were not found here.</source>
        <translation>
            <numerusform>{file} nombra a personas en {n} foto que no se ha encontrado aquí.</numerusform>
            <numerusform>{file} nombra a personas en {n} fotos que no se han encontrado aquí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/core/notes.py"/>
        <source>{file} names people in {n} photos, but several files here may be each of them.</source>
        <translation>
            <numerusform>{file} nombra a personas en {n} foto, pero varios archivos de aquí pueden ser esa foto.</numerusform>
            <numerusform>{file} nombra a personas en {n} fotos, pero para cada una hay varios archivos posibles aquí.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>not known</source>
        <translation>desconocido</translation>
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
        <translation>más de 1 de cada 2</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number}</source>
        <translation>aproximadamente 1 de cada {number}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number}</source>
        <translation>menos de 1 de cada {number}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of</source>
        <translation>{number} % de</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of strangers</source>
        <translation>{number} % de los desconocidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number} strangers</source>
        <translation>aproximadamente 1 de cada {number} desconocidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number} strangers</source>
        <translation>menos de 1 de cada {number} desconocidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>{number} % of comparisons</source>
        <translation>{number} % de las comparaciones</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>about 1 in {number} comparisons</source>
        <translation>aproximadamente 1 de cada {number} comparaciones</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/number_text.py"/>
        <source>fewer than 1 in {number} comparisons</source>
        <translation>menos de 1 de cada {number} comparaciones</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a PostScript file</source>
        <translation>un archivo PostScript</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a PDF file</source>
        <translation>un archivo PDF</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a JPEG 2000 file</source>
        <translation>un archivo JPEG 2000</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>an icon</source>
        <translation>un icono</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a JPEG XL file</source>
        <translation>un archivo JPEG XL</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a Photoshop file</source>
        <translation>un archivo de Photoshop</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a ZIP archive</source>
        <translation>un archivo ZIP</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>truncated {kind}</source>
        <translation>{kind} incompleto</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged {kind}</source>
        <translation>{kind} dañado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>an unsupported kind of {kind}</source>
        <translation>un tipo de {kind} no compatible</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>progressive {kind}</source>
        <translation>{kind} progresivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>over {size} million values in a slow form of {kind}</source>
        <translation>más de {size} millones de valores en una forma lenta de {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} megapixels, over {most} in {kind}</source>
        <translation>{size} megapíxeles, más de {most} en {kind}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} megapixels, over {most}</source>
        <translation>{size} megapíxeles, más de {most}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{width} × {height} pixels, over {most} on one side</source>
        <translation>{width} × {height} píxeles, más de {most} en un lado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>over {size} MB</source>
        <translation>más de {size} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its XMP has over {size} MB</source>
        <translation>su XMP supera los {size} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{size} MB, too much for an image of that size</source>
        <translation>{size} MB, demasiado para una imagen de ese tamaño</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{what}, which is not supported</source>
        <translation>{what}, que no se admite</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>install the package {package} to read it</source>
        <translation>instala el paquete {package} para leerla</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{kind} is not supported here</source>
        <translation>{kind} no se admite aquí</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its decoder took longer than {time} seconds</source>
        <translation>su decodificador tardó más de {time} segundos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its decoder needed more than {size} GB of memory</source>
        <translation>su decodificador necesitó más de {size} GB de memoria</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>damaged XML, line {line}</source>
        <translation>XML dañado, línea {line}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its table {table} is missing</source>
        <translation>falta su tabla {table}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{table} has no column {column}</source>
        <translation>{table} no tiene la columna {column}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is of a digiKam that is too old, database version {version}</source>
        <translation>es de un digiKam demasiado antiguo, versión {version} de la base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is of a newer digiKam, database version {version}</source>
        <translation>es de un digiKam más reciente, versión {version} de la base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>marks faces in {photo} as it was with {width} × {height} pixels: they were not used</source>
        <translation>marca caras en {photo} tal como era con {width} × {height} píxeles: no se han usado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is in {encoding}, not in UTF-8</source>
        <translation>está en {encoding}, no en UTF-8</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its regions are of another image ({size})</source>
        <translation>sus regiones son de otra imagen ({size})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its regions are of the raw photo, which is turned differently</source>
        <translation>sus regiones son de la foto RAW, que está girada de otro modo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>may belong to {photos}: its names were not imported</source>
        <translation>puede ser de {photos}: sus nombres no se han importado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has regions of {names} that cannot be read: a region must be a rectangle around one person</source>
        <translation>tiene regiones de {names} que no se pueden leer: una región debe ser un rectángulo alrededor de una persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has names for {photos} that were not imported: {names}</source>
        <translation>tiene nombres para {photos} que no se han importado: {names}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>gives one face more than {most} names: {names} were not imported</source>
        <translation>da a una cara más de {most} nombres: no se han importado {names}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is on another computer: {share}</source>
        <translation>está en otro ordenador: {share}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>no connection ({reason})</source>
        <translation>sin conexión ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>the server answered {code}</source>
        <translation>el servidor respondió {code}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>another model is called {model}</source>
        <translation>otro modelo se llama {model}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{model} is the name of one of the program’s own models</source>
        <translation>{model} es el nombre de uno de los modelos del programa</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is larger than {size} GB</source>
        <translation>tiene más de {size} GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its trial took more than {time} s</source>
        <translation>la prueba duró más de {time} s</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it took longer than {time} seconds</source>
        <translation>tardó más de {time} segundos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it needed more than {size} GB of memory</source>
        <translation>necesitó más de {size} GB de memoria</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes more memory than a face network needs</source>
        <translation>necesita más memoria que una red de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>the process that tried it died (status {status})</source>
        <translation>el proceso que lo probaba se ha interrumpido (estado {status})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its output is larger than that of a face network</source>
        <translation>su salida es mayor que la de una red de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>ONNX Runtime could not run it</source>
        <translation>ONNX Runtime no ha podido ejecutarlo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its process ended unexpectedly</source>
        <translation>su proceso ha terminado de forma inesperada</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be saved ({reason})</source>
        <translation>no se pudo guardar ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be read ({reason})</source>
        <translation>no se pudo leer ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be removed ({reason})</source>
        <translation>no se ha podido quitar ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run on a face ({reason})</source>
        <translation>no se ha podido aplicar a una cara ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run on a photo ({reason})</source>
        <translation>no se ha podido aplicar a una foto ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it could not be run ({reason})</source>
        <translation>no se pudo ejecutar ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>ONNX Runtime cannot load it ({reason})</source>
        <translation>ONNX Runtime no puede cargarlo ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is not valid ONNX ({reason})</source>
        <translation>no es ONNX válido ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>in a photo of one</source>
        <translation>en una foto con una cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>in its mirror image</source>
        <translation>en su imagen reflejada</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not find the face {where}</source>
        <translation>no encuentra la cara: {where}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not find eyes, nose and mouth where they are {where}</source>
        <translation>no encuentra ojos, nariz y boca en su sitio: {where}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has an operator that is not ONNX’s own ({operator})</source>
        <translation>tiene un operador que no es propio de ONNX ({operator})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has a loop ({operator}), and might never end</source>
        <translation>tiene un bucle ({operator}) y podría no terminar nunca</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has one output, as an embedder, but takes {shape}; faces of 112 × 112 or 160 × 160 pixels are supported</source>
        <translation>tiene una salida, como un modelo de reconocimiento, pero espera {shape}; se admiten caras de 112 × 112 o 160 × 160 píxeles</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes {count} inputs, where a face network takes one image</source>
        <translation>tiene {count} entradas, y una red de caras recibe una imagen</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it takes {kind}, where float32 pixels are expected</source>
        <translation>espera {kind} en lugar de píxeles float32</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input is {shape}, which is not a colour image</source>
        <translation>su entrada es {shape}, que no es una imagen en color</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input has {width} × {height} pixels, more than {most} a side</source>
        <translation>su entrada tiene {width} × {height} píxeles, más de {most} por lado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its input has {width} × {height} pixels, where multiples of {step} are expected, or both sides free</source>
        <translation>su entrada tiene {width} × {height} píxeles; se esperan múltiplos de {step} o ambos lados libres</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its {count} outputs match no supported detector (SCRFD or RetinaFace of InsightFace, YuNet), and no embedder</source>
        <translation>sus {count} salidas no son de ningún detector admitido (SCRFD o RetinaFace de InsightFace, YuNet) ni de un modelo de reconocimiento</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its {count} outputs do not have the shapes of SCRFD, InsightFace’s RetinaFace or YuNet</source>
        <translation>sus {count} salidas no tienen la forma de SCRFD, RetinaFace de InsightFace ni YuNet</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its output is {shapes}, where one embedding of {least} to {most} numbers is expected, alone or with its norm</source>
        <translation>su salida es {shapes}; se espera un vector de {least} a {most} números, solo o con su norma</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not tell two different people apart: their similarity is {similarity}, and the threshold of {family} is {threshold}</source>
        <translation>no distingue a dos personas diferentes: su similitud es {similarity}, y el umbral de {family} es {threshold}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a face is less similar to its mirror image ({similarity}) than to another person ({other_similarity})</source>
        <translation>una cara se parece menos a su imagen reflejada ({similarity}) que a otra persona ({other_similarity})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is {family}, not {other_family}</source>
        <translation>es {family}, no {other_family}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has version {version} of Face Match, not {other}</source>
        <translation>tiene la versión {version} de Face Match, no la {other}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it does not have Face Match, or cannot run it ({reason})</source>
        <translation>no tiene Face Match o no puede ejecutarlo ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>its files of the model or detector are not those of this computer</source>
        <translation>sus archivos del modelo o del detector no son los de este ordenador</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>install the packages dask and distributed: {command}</source>
        <translation>instale los paquetes dask y distributed: {command}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has PostgreSQL {version}, and {needed} or newer is needed</source>
        <translation>tiene PostgreSQL {version} y se necesita {needed} o posterior</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it has pgvector {version}, and {needed} or newer is needed</source>
        <translation>tiene pgvector {version} y se necesita {needed} o posterior</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>process {process_id} on {machine} since {time}</source>
        <translation>proceso {process_id} en {machine} desde {time}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>another program</source>
        <translation>otro programa</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is incomplete or damaged at line {line}</source>
        <translation>está incompleto o dañado en la línea {line}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>a record has no {field}</source>
        <translation>a un registro le falta {field}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it is encrypted, but there is no {file} with its key</source>
        <translation>está cifrado, pero falta {file} con su clave</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it was changed or sealed with another key</source>
        <translation>se modificó o se selló con otra clave</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it was changed, moved or sealed with another key</source>
        <translation>se modificó, se movió o se selló con otra clave</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it does not match its manifest</source>
        <translation>{name}, dentro, no coincide con su manifiesto</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it is not a readable image ({reason})</source>
        <translation>{name}, dentro, no es una imagen legible ({reason})</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>{name} in it {what}</source>
        <translation>{name}, dentro, {what}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>it {what}</source>
        <translation>{what}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has an unsafe path</source>
        <translation>tiene una ruta insegura</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a plain file</source>
        <translation>no es un archivo normal</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is a decompression bomb</source>
        <translation>es una bomba de descompresión</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>uses an unsupported compression or encryption</source>
        <translation>usa una compresión o un cifrado no admitidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too large</source>
        <translation>es demasiado grande</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is a device name on Windows</source>
        <translation>es un nombre de dispositivo en Windows</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is the folder of unnamed faces</source>
        <translation>es la carpeta de las caras sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a text</source>
        <translation>no es un texto</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too long for a path</source>
        <translation>es demasiado largo para una ruta</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>leads out of the gallery</source>
        <translation>lleva fuera de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>contains a control character</source>
        <translation>contiene un carácter de control</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>contains a lone surrogate</source>
        <translation>contiene medio carácter</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is too long for a file name</source>
        <translation>es demasiado largo para un nombre de archivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not a valid file name on Windows</source>
        <translation>no es un nombre de archivo válido en Windows</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>ends in {suffix}, which is reserved for encrypted crops</source>
        <translation>termina en {suffix}, reservado para los recortes cifrados</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is not in {folder}</source>
        <translation>no está en {folder}</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has more values than a gallery can have</source>
        <translation>tiene más valores de los que puede tener una galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>is larger than a gallery can be</source>
        <translation>es mayor de lo que puede ser una galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>has more escapes than a gallery can have</source>
        <translation>tiene más secuencias de escape de las que puede tener una galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No space left on device</source>
        <translation>no queda espacio en el disco</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Permission denied</source>
        <translation>permiso denegado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No such file or directory</source>
        <translation>no existe el archivo o la carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Is a directory</source>
        <translation>es una carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Not a directory</source>
        <translation>no es una carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File exists</source>
        <translation>el archivo ya existe</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File too large</source>
        <translation>el archivo es demasiado grande</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Read-only file system</source>
        <translation>el disco es de solo lectura</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Input/output error</source>
        <translation>error de lectura o escritura</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Too many open files</source>
        <translation>demasiados archivos abiertos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>File name too long</source>
        <translation>el nombre de archivo es demasiado largo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Operation not permitted</source>
        <translation>operación no permitida</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Disk quota exceeded</source>
        <translation>cuota de disco superada</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Too many levels of symbolic links</source>
        <translation>demasiados enlaces simbólicos</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Device or resource busy</source>
        <translation>está en uso</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>No such device</source>
        <translation>no existe el dispositivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Host is down</source>
        <translation>el servidor no responde</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Stale file handle</source>
        <translation>se ha perdido la conexión con el servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Connection refused</source>
        <translation>conexión rechazada</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Connection timed out</source>
        <translation>tiempo de conexión agotado</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Network is unreachable</source>
        <translation>la red no está disponible</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Temporary failure in name resolution</source>
        <translation>no se puede resolver ahora el nombre del servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Name or service not known</source>
        <translation>servidor desconocido</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Invalid argument</source>
        <translation>argumento no válido</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Directory not empty</source>
        <translation>la carpeta no está vacía</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>Resource temporarily unavailable</source>
        <translation>no disponible por el momento</translation>
    </message>
    <message>
        <location filename="../../../face_match/core/reasons.py"/>
        <source>technical message: “{reason}”</source>
        <translation>mensaje técnico: «{reason}»</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Very likely</source>
        <translation>Muy probable</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Maybe</source>
        <translation>Quizá</translation>
    </message>
    <message>
        <location filename="../../../face_match/decision/probability.py"/>
        <source>Unlikely</source>
        <translation>Improbable</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive.py"/>
        <source>its records would exceed the size limit</source>
        <translation>sus datos superarían el tamaño máximo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <location filename="../../../face_match/vision/models/installation.py"/>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>it is not a file</source>
        <translation>no es un archivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its records are invalid</source>
        <translation>sus datos no son válidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its crops do not match its records</source>
        <translation>sus recortes no corresponden a sus datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it contains a file twice</source>
        <translation>contiene un archivo dos veces</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is a decompression bomb</source>
        <translation>es una bomba de descompresión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its manifest is too long</source>
        <translation>su índice es demasiado largo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is not a Face Match archive</source>
        <translation>no es un archivo de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>its files do not match its manifest</source>
        <translation>sus archivos no corresponden a su índice</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it has too many files</source>
        <translation>tiene demasiados archivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/archive_reader.py"/>
        <source>it is damaged or not a ZIP file</source>
        <translation>está dañado o no es un archivo ZIP</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/contents.py"/>
        <source>the place of the face is unknown</source>
        <translation>se desconoce el lugar de la cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/editing.py"/>
        <source>it is open for reading only</source>
        <translation>está abierta solo para leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/gallery.py"/>
        <source>it is not a folder</source>
        <translation>no es una carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/names.py"/>
        <source>it is longer than 1,000 characters</source>
        <translation>tiene más de 1000 caracteres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/own_files.py"/>
        <source>there is a file with this name that is not the gallery’s</source>
        <translation>hay un archivo con ese nombre que no es de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is a link</source>
        <translation>es un enlace</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is missing, though crops are encrypted</source>
        <translation>falta, aunque hay recortes cifrados</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/records/paths.py"/>
        <source>is neither a file nor a folder</source>
        <translation>no es ni un archivo ni una carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>it is in the gallery’s own folder</source>
        <translation>está en la propia carpeta de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>it is a file</source>
        <translation>es un archivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>there is something in it already</source>
        <translation>ya contiene algo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>there is not enough room on its disk</source>
        <translation>no hay suficiente espacio en su disco</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>a copy is not like its file; the disk may be damaged</source>
        <translation>una copia no es igual a su archivo; puede que el disco esté dañado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>the copy cannot be opened</source>
        <translation>la copia no se puede abrir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/relocation.py"/>
        <source>the copy has other people or faces</source>
        <translation>la copia tiene otras personas o caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/restore.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <location filename="../../../face_match/metadata/sidecar_writer.py"/>
        <source>it is a link</source>
        <translation>es un enlace</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/encryption.py"/>
        <source>the gallery is not encrypted</source>
        <translation>la galería no está cifrada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge.py"/>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it is missing</source>
        <translation>falta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_execution.py"/>
        <source>it is incomplete or was changed</source>
        <translation>está incompleto o fue modificado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_execution.py"/>
        <source>it is older than the records</source>
        <translation>es anterior a los registros</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/purge_planning.py"/>
        <source>a person in it or in its backups has too many names</source>
        <translation>una persona de ella o de sus copias tiene demasiados nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/security/sealing.py"/>
        <source>it is larger than any file of the program</source>
        <translation>es más grande que cualquier archivo del programa</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>daily</source>
        <translation>diaria</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>by hand</source>
        <translation>manual</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before migration</source>
        <translation>antes de la conversión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before import</source>
        <translation>antes de importar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before the last change</source>
        <translation>antes del último cambio</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <source>before SQLite storage</source>
        <translation>antes del almacenamiento SQLite</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/backups.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it is not encrypted, but the gallery is</source>
        <translation>no está cifrado, pero la galería sí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <source>there is no crop</source>
        <translation>no hay recorte</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <location filename="../../../face_match/vision/models/installation.py"/>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>there is no such file</source>
        <translation>no existe ese archivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/crops.py"/>
        <source>it is not encrypted</source>
        <translation>no está cifrado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_reading.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>it is not a Face Match gallery</source>
        <translation>no es una galería de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it would be too large</source>
        <translation>sería demasiado grande</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/json_store.py"/>
        <source>it is older than the gallery's last records</source>
        <translation>es más antiguo que los últimos datos de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/legacy/waiting_folder.py"/>
        <source>it is incomplete</source>
        <translation>está incompleto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>the clock of this computer is before 1970</source>
        <translation>el reloj de este ordenador está antes de 1970</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its folder was moved or replaced</source>
        <translation>su carpeta se movió o se sustituyó</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its lock file was deleted or replaced</source>
        <translation>su archivo de bloqueo se eliminó o se sustituyó</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/lock.py"/>
        <source>its lock file was replaced</source>
        <translation>su archivo de bloqueo se sustituyó</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no computer of this name</source>
        <translation>no hay ningún equipo con ese nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it did not answer in time</source>
        <translation>no respondió a tiempo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no file of the authorities that vouch for it</source>
        <translation>no existe el archivo de las autoridades que responden por él</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>its certificate is that of another computer</source>
        <translation>su certificado es de otro equipo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>no authority of the address vouches for its certificate</source>
        <translation>ninguna autoridad de la dirección responde por su certificado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>there is no TLS connection as the address asks for</source>
        <translation>no hay una conexión TLS como la que pide la dirección</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>no server answers there</source>
        <translation>allí no responde ningún servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it is just starting or stopping</source>
        <translation>se está iniciando o deteniendo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no room for another connection</source>
        <translation>no admite más conexiones</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no database of this name</source>
        <translation>no tiene ninguna base de datos con ese nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it lets no such user in from here</source>
        <translation>no admite a ese usuario desde aquí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>the connection failed</source>
        <translation>la conexión ha fallado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it does not have the extension pgvector</source>
        <translation>no tiene la extensión pgvector</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it refused this</source>
        <translation>lo ha rechazado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>it may only be read</source>
        <translation>solo se puede leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it sends more than a gallery can have</source>
        <translation>envía más de lo que puede tener una galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <source>it has no room left</source>
        <translation>no le queda espacio</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/connecting.py"/>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>the connection was lost</source>
        <translation>se perdió la conexión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <source>it is no crop</source>
        <translation>no es un recorte</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops.py"/>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/webp_writing.py"/>
        <source>it is too large</source>
        <translation>es demasiado grande</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops_folder.py"/>
        <source>its folder of crops is in use by another gallery</source>
        <translation>otra galería ya usa su carpeta de recortes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/crops_folder.py"/>
        <source>its folder of crops cannot be reached from here, or is not its own</source>
        <translation>su carpeta de recortes no es accesible desde aquí o no es suya</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/schema.py"/>
        <source>an administrator must first run CREATE EXTENSION vector; in this database</source>
        <translation>un administrador debe ejecutar antes CREATE EXTENSION vector; en esta base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>a gallery on a server is backed up by its administrators</source>
        <translation>de una galería en un servidor hacen copias sus administradores</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>a text cannot be stored on a server</source>
        <translation>un texto no se puede guardar en un servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <source>the server reported an error</source>
        <translation>el servidor ha comunicado un error</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/server/store.py"/>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>a record is invalid</source>
        <translation>un registro no es válido</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/files.py"/>
        <source>is a journal of several databases</source>
        <translation>es un diario de varias bases de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>another program is using it: try again when it has finished</source>
        <translation>otro programa la está usando: inténtelo de nuevo cuando haya terminado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>SQLCipher does not encrypt it</source>
        <translation>SQLCipher no lo cifra</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/sqlite/store.py"/>
        <source>its history is invalid</source>
        <translation>su historial no es válido</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/store.py"/>
        <source>its records were deleted or replaced</source>
        <translation>sus registros se eliminaron o se sustituyeron</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it is not a Face Match vault</source>
        <translation>no es un almacén de claves de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage/vault.py"/>
        <source>it was changed by another program</source>
        <translation>lo modificó otro programa</translation>
    </message>
    <message>
        <location filename="../../../face_match/gallery/storage_change.py"/>
        <source>a name contains a character that a database cannot hold</source>
        <translation>un nombre contiene un carácter que una base de datos no admite</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/age_phrases.py"/>
        <source>{year}, age about {age}</source>
        <translation>{year}, unos {age} años</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/age_phrases.py"/>
        <source>{year}, age {age}</source>
        <translation>{year}, {age} años</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>About Face Match</source>
        <translation>Acerca de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Folder of the gallery</source>
        <translation>Carpeta de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>&amp;Show</source>
        <translation>&amp;Mostrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Show the gallery’s folder in the file manager (Alt+S)</source>
        <translation>Mostrar la carpeta de la galería en el gestor de archivos (Alt+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Licences of everything inside</source>
        <translation>Licencias de todo lo que contiene</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Licences of everything inside (↑ ↓ scroll)</source>
        <translation>Licencias de todo lo que contiene (↑ ↓ desplazan)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>{file}, format {version}</source>
        <translation>{file}, formato {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>In the database of a server</source>
        <translation>En la base de datos de un servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Gallery</source>
        <translation>Galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Records</source>
        <translation>Datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>Version {version}</source>
        <translation>Versión {version}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/about.py"/>
        <source>All data stays on this computer. The program is free software (MIT licence).</source>
        <translation>Todos los datos se quedan en este ordenador. El programa es software libre (licencia MIT).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Reading the backups …</source>
        <translation>Leyendo las copias de seguridad …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Comparing with the gallery …</source>
        <translation>Comparando con la galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>There are no backups yet. A backup is made each day before the first change.</source>
        <translation>Aún no hay copias de seguridad. Cada día se hace una antes del primer cambio.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore a backup</source>
        <translation>Restaurar una copia de seguridad</translation>
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
        <translation>Cancelar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Backups, newest first</source>
        <translation>Copias de seguridad, las más recientes primero</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Backups, newest first (↑ ↓, Enter restores)</source>
        <translation>Copias de seguridad, las más recientes primero (↑ ↓, Intro restaura)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>&amp;Restore</source>
        <translation>&amp;Restaurar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore the selected backup (Enter)</source>
        <translation>Restaurar la copia elegida (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Choose &amp;file …</source>
        <translation>Elegir &amp;archivo …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/backups.py"/>
        <source>Restore a backup from a file (Alt+F)</source>
        <translation>Restaurar una copia de un archivo (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. In dated photos, faces are then compared with faces of a similar age first.</source>
        <translation>Escribe un año, un mes o un día: 2014, 2014-05 o 2014-05-17. En las fotos con fecha, las caras se comparan primero con caras de edad parecida.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. Leave this empty if the birth date is not known.</source>
        <translation>Escribe un año, un mes o un día: 2014, 2014-05 o 2014-05-17. Déjalo vacío si no se conoce la fecha de nacimiento.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Birth date</source>
        <translation>Fecha de nacimiento</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>A year, a month or a day: 2014, 2014-05 or 2014-05-17 (Enter saves it)</source>
        <translation>Un año, un mes o un día: 2014, 2014-05 o 2014-05-17 (Intro la fija)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>When was {name} born?</source>
        <translation>¿Cuándo nació {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Allowed dates</source>
        <translation>Fechas permitidas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>&amp;Set</source>
        <translation>&amp;Fijar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/birth_date.py"/>
        <source>Set the birth date (Enter)</source>
        <translation>Fijar la fecha de nacimiento (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Imported files have other names than yours, which are kept until you decide.</source>
        <translation>Los archivos importados dan otros nombres que los tuyos, que se conservan hasta que decidas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>There are no conflicts: all names in imported files are the same as yours.</source>
        <translation>No hay conflictos: todos los nombres de los archivos importados son iguales que los tuyos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Conflicts</source>
        <translation>Conflictos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep &amp;mine</source>
        <translation>&amp;Conservar los míos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep your names for the selected faces (Alt+M)</source>
        <translation>Conservar tus nombres para las caras elegidas (Alt+C)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use &amp;theirs</source>
        <translation>&amp;Usar los suyos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use the names from files for the selected faces (Alt+T)</source>
        <translation>Usar los nombres de los archivos para las caras elegidas (Alt+U)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep mine for &amp;all</source>
        <translation>Conservar &amp;todos los míos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Keep all your names (Alt+A)</source>
        <translation>Conservar todos tus nombres (Alt+T)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use theirs &amp;for all</source>
        <translation>Usar todos los &amp;suyos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Use all names from files (Alt+F)</source>
        <translation>Usar todos los nombres de los archivos (Alt+S)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Undo the last change</source>
        <translation>Deshacer el último cambio</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Redo the last change that was undone</source>
        <translation>Rehacer el último cambio deshecho</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>Conflicts (↑ ↓; select several with Shift, Ctrl or Ctrl+A)</source>
        <translation>Conflictos (↑ ↓; elige varios con Mayús, Ctrl o Ctrl+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/conflicts.py"/>
        <source>In the gallery: {mine}</source>
        <translation>En la galería: {mine}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Open another gallery</source>
        <translation>Abrir otra galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open now: {folder}</source>
        <translation>Abierta ahora: {folder}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Recent galleries</source>
        <translation>Galerías recientes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Galleries that were open before, the last one first (↑ ↓, Enter opens)</source>
        <translation>Galerías que estuvieron abiertas, la última primero (↑ ↓, Intro abre)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>&amp;Open</source>
        <translation>&amp;Abrir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open the selected gallery (Enter)</source>
        <translation>Abrir la galería elegida (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Choose &amp;folder …</source>
        <translation>Elegir car&amp;peta …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open the gallery of another folder, or begin a new one there (Alt+F)</source>
        <translation>Abrir la galería de otra carpeta, o empezar una nueva allí (Alt+P)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>On a &amp;server …</source>
        <translation>En un &amp;servidor …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Open a gallery that several people share (Alt+S)</source>
        <translation>Abrir una galería que comparten varias personas (Alt+S)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/galleries.py"/>
        <source>Folder of a gallery, or for a new one</source>
        <translation>Carpeta de una galería, o para una nueva</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Gallery check</source>
        <translation>Comprobación de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Results</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Results (↑ ↓; → and ← expand and collapse)</source>
        <translation>Resultados (↑ ↓; → y ← despliegan y pliegan)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>&amp;Remove near-duplicates …</source>
        <translation>&amp;Quitar casi idénticas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove nearly identical faces, except the largest</source>
        <translation>Quitar las caras casi idénticas, salvo la más grande</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Files without a face</source>
        <translation>Archivos sin cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Files in faces_db that belong to no face. Face Match does not change them.</source>
        <translation>Archivos de faces_db que no pertenecen a ninguna cara. Face Match no los modifica.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>{n} files</source>
        <translation>
            <numerusform>{n} archivo</numerusform>
            <numerusform>{n} archivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Checked {n} faces with the model {model}.</source>
        <translation>
            <numerusform>Se comprobó {n} cara con el modelo {model}.</numerusform>
            <numerusform>Se comprobaron {n} caras con el modelo {model}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>No problems found.</source>
        <translation>No se encontraron problemas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Not compared: {count}.</source>
        <translation>Sin comparar: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Crops that are missing or damaged</source>
        <translation>Recortes perdidos o dañados</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>no name</source>
        <translation>sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>These faces can be matched, but not embedded for another model.</source>
        <translation>Estas caras se pueden comparar, pero no se pueden calcular sus rasgos para otro modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Near-duplicates</source>
        <translation>Casi idénticas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{faces}, up to {similarity}</source>
        <translation>{faces}, hasta {similarity}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Faces nearly identical to another face of the same person, and the highest similarity.</source>
        <translation>Caras casi idénticas a otra de la misma persona, y la mayor similitud.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Faces that look more like someone else</source>
        <translation>Caras que se parecen más a otra persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{other} (own faces {own})</source>
        <translation>{other} (caras propias {own})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>These faces may have the wrong name. The page People marks them with “?”; Ctrl+J moves them.</source>
        <translation>Estas caras quizá tengan un nombre equivocado. La página Personas las marca con «?»; Ctrl+J las mueve.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>People who are easily mixed up</source>
        <translation>Personas fáciles de confundir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>At the current threshold, faces of one person match the other.</source>
        <translation>Con el umbral actual, las caras de una persona coinciden con la otra.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>{n} pairs of people</source>
        <translation>
            <numerusform>{n} pareja</numerusform>
            <numerusform>{n} parejas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>Most similar people</source>
        <translation>Personas más parecidas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/gallery_check.py"/>
        <source>The most similar other person, by their two most similar faces.</source>
        <translation>La otra persona más parecida, según sus dos caras más parecidas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Latest change first. Undo: Ctrl+Z. Redo: Ctrl+Shift+Z.</source>
        <translation>El último cambio primero. Deshacer: Ctrl+Z. Rehacer: Ctrl+Mayús+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>There is nothing to undo.</source>
        <translation>No hay nada que deshacer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Changes, latest first</source>
        <translation>Cambios, el último primero</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>Changes that can be undone or redone, latest first (↑ ↓)</source>
        <translation>Cambios que se pueden deshacer o rehacer, el último primero (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/history.py"/>
        <source>{step} (undone)</source>
        <translation>{step} (deshecho)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>Keyboard</source>
        <translation>Teclado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>Everywhere</source>
        <translation>En todas partes</translation>
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
        <translation>Búsqueda, fotos de una persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Unnamed faces</source>
        <translation>Sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <source>People and their faces</source>
        <translation>Personas y sus caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/keys.py"/>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>All photos</source>
        <translation>Todas las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Threshold</source>
        <translation>Umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Wrong suggestions</source>
        <translation>Sugerencias erróneas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>False matches (95 % range)</source>
        <translation>Coincidencias falsas (intervalo del 95 %)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Missed (95 % range)</source>
        <translation>Sin reconocer (95 %)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The score from which a name is suggested</source>
        <translation>La puntuación a partir de la cual se sugiere un nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>How many strangers would get somebody’s name</source>
        <translation>Cuántos desconocidos recibirían el nombre de alguien</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The share of comparisons of two different people that reach the threshold</source>
        <translation>La proporción de comparaciones de dos personas distintas que alcanzan el umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>The share of known faces that get no suggestion</source>
        <translation>La proporción de caras conocidas que no reciben ninguna sugerencia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>There are no more rows with a higher threshold, because too few faces of this gallery would match there.</source>
        <translation>No hay más filas con un umbral más alto, porque muy pocas caras de esta galería coincidirían con él.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Match accuracy</source>
        <translation>Precisión de las coincidencias</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Thresholds and their error rates</source>
        <translation>Umbrales y sus tasas de error</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Error rates for each threshold (↑ ↓)</source>
        <translation>Tasas de error de cada umbral (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>&amp;Use this threshold</source>
        <translation>&amp;Usar este umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Use the threshold of the selected row (Alt+U)</source>
        <translation>Usar el umbral de la fila elegida (Alt+U)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Comparing faces …</source>
        <translation>Comparando caras …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>Measuring accuracy</source>
        <translation>Midiendo la precisión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>A higher threshold suggests fewer wrong names, but misses more known faces. The rates come from {faces} faces of this gallery; the ranges in brackets show how far they may be off.</source>
        <translation>Un umbral más alto sugiere menos nombres equivocados, pero pasa por alto más caras conocidas. Las tasas proceden de {faces} caras de esta galería; los intervalos entre paréntesis muestran cuánto pueden desviarse.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{threshold} (in use)</source>
        <translation>{threshold} (en uso)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{threshold} (default)</source>
        <translation>{threshold} (predeterminado)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/match_accuracy.py"/>
        <source>{rate} ({range})</source>
        <translation>{rate} ({range})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>What it does</source>
        <translation>Función</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Networks (*.onnx)</source>
        <translation>Redes (*.onnx)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>If you change the embedder, all faces of the gallery are embedded again. A new detector does not change known faces. The command line can measure which model is better for your photos.</source>
        <translation>Al cambiar el modelo de reconocimiento se vuelven a calcular los rasgos de todas las caras de la galería. Un detector nuevo no cambia las caras conocidas. La línea de órdenes puede medir qué modelo es mejor para tus fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Details of the selected model</source>
        <translation>Detalles del modelo elegido</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/shell/secret_page.py"/>
        <source>What happened</source>
        <translation>Qué ocurrió</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Add …</source>
        <translation>&amp;Añadir …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add an ONNX file as a model (Alt+A)</source>
        <translation>Añadir un archivo ONNX como modelo (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Download …</source>
        <translation>&amp;Descargar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download the selected model (Alt+D)</source>
        <translation>Descargar el modelo elegido (Alt+D)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Delete the file of the selected model (Alt+R). Its embeddings are kept</source>
        <translation>Eliminar el archivo del modelo elegido (Alt+Q). Los rasgos calculados se conservan</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Use</source>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Switch to the selected model (Alt+U)</source>
        <translation>Cambiar al modelo elegido (Alt+U)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Testing {name} …</source>
        <translation>Probando {name} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Switching to {title} …</source>
        <translation>Cambiando a {title} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title} is in use.</source>
        <translation>{title} está en uso.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add a model</source>
        <translation>Añadir un modelo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Downloading {title} …</source>
        <translation>Descargando {title} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download {title}</source>
        <translation>Descargar {title}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Download {title} ({size})?</source>
        <translation>¿Descargar {title} ({size})?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>From: {url}

The server learns your IP address and which file you download. Nothing about your photos is sent.</source>
        <translation>De: {url}

El servidor conoce tu dirección IP y qué archivo descargas. No se envía nada sobre tus fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Download</source>
        <translation>&amp;Descargar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add {model}</source>
        <translation>Añadir {model}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <location filename="../../../face_match/gui/widgets/name_edit.py"/>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The name in lists</source>
        <translation>El nombre en las listas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Shown with the model</source>
        <translation>Se muestra con el modelo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>A web address, or where you have it from</source>
        <translation>Una dirección web, o de dónde procede</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The pixel range that the network expects</source>
        <translation>El intervalo de píxeles que espera la red</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>The colour order that the network expects</source>
        <translation>El orden de los colores que espera la red</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Add the file as a model (Enter)</source>
        <translation>Añadir el archivo como modelo (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Licence:</source>
        <translation>&amp;Licencia:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Source:</source>
        <translation>&amp;Origen:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Pixels:</source>
        <translation>&amp;Píxeles:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>&amp;Colours:</source>
        <translation>&amp;Colores:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title}: detects faces. Tested: {checks}.</source>
        <translation>{title}: detecta caras. Probado: {checks}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{title}: embeds faces in {dimensions} dimensions. Tested: {checks}.</source>
        <translation>{title}: reconoce caras por {dimensions} rasgos. Probado: {checks}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Also tested on {n} faces of this gallery.</source>
        <translation>
            <numerusform>Probado también con {n} cara de esta galería.</numerusform>
            <numerusform>Probado también con {n} caras de esta galería.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Many models do not allow commercial use. Enter the licence and the source of this one.</source>
        <translation>Muchos modelos no permiten el uso comercial. Escribe la licencia y el origen de este.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>as tested</source>
        <translation>según la prueba</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/models.py"/>
        <source>Models that are installed or available to download (↑ ↓)</source>
        <translation>Modelos instalados o disponibles para descargar (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>There is no folder “{folder}” yet. Make it?</source>
        <translation>La carpeta «{folder}» aún no existe. ¿Crearla?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>New folder</source>
        <translation>Carpeta nueva</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/new_folder.py"/>
        <source>&amp;Make the folder</source>
        <translation>&amp;Crear la carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Records, crops and backups will be encrypted with AES-256. Your photos themselves stay readable. On some disks, the deleted unencrypted files can be recovered until they are overwritten.</source>
        <translation>Los registros, los recortes y las copias de seguridad se cifrarán con AES-256. Tus fotos en sí siguen siendo legibles. En algunos discos, los archivos sin cifrar eliminados se pueden recuperar hasta que se sobrescriban.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Keep the passphrase safe. Without it, nobody can open the gallery again.</source>
        <translation>Guarda bien la frase de contraseña. Sin ella, nadie podrá volver a abrir la galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>The gallery will open without a passphrase, but only on this computer and in your user account.</source>
        <translation>La galería se abrirá sin frase de contraseña, pero solo en este equipo y en tu cuenta de usuario.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Earlier copies of the gallery, such as backups, still open with the old passphrase.</source>
        <translation>Las copias anteriores de la galería, como las de seguridad, aún se abren con la frase antigua.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Until now, the system’s keyring opens the gallery. The new passphrase will open it on any computer.</source>
        <translation>Hasta ahora, el llavero del sistema abre la galería. La nueva frase la abrirá en cualquier equipo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>The passphrases are different.</source>
        <translation>Las frases de contraseña son distintas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>This passphrase is easy to guess by trying. Four words that do not belong together, or twelve mixed characters, are safe. You can use it anyway.</source>
        <translation>Esta frase es fácil de adivinar probando. Son seguras cuatro palabras sin relación entre sí, o doce caracteres variados. Puedes usarla de todos modos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Encrypt the gallery</source>
        <translation>Cifrar la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Unlock with a &amp;passphrase</source>
        <translation>Desbloquear con una &amp;frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Unlock with the system’s &amp;keyring</source>
        <translation>Desbloquear con el &amp;llavero del sistema</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Passphrase</source>
        <translation>Frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Repeat the passphrase</source>
        <translation>Repetir la frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Passphrase:</source>
        <translation>Frase de contraseña:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Repeat:</source>
        <translation>&amp;Repetir:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Encrypt</source>
        <translation>&amp;Cifrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Encrypt the gallery (Enter)</source>
        <translation>Cifrar la galería (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change the passphrase</source>
        <translation>Cambiar la frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Current passphrase</source>
        <translation>Frase de contraseña actual</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>New passphrase</source>
        <translation>Nueva frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Repeat the new passphrase</source>
        <translation>Repetir la nueva frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;Current passphrase:</source>
        <translation>Frase &amp;actual:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>&amp;New passphrase:</source>
        <translation>Frase &amp;nueva:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change &amp;passphrase</source>
        <translation>&amp;Cambiar la frase</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>Change the passphrase (Enter)</source>
        <translation>Cambiar la frase de contraseña (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/passphrase.py"/>
        <source>About the passphrase</source>
        <translation>Sobre la frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>Type any part of a name (Enter accepts it)</source>
        <translation>Escribe una parte del nombre (Intro lo acepta)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>What will be done</source>
        <translation>Qué se hará</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/person_picker.py"/>
        <source>Use this person (Enter)</source>
        <translation>Usar esta persona (Intro)</translation>
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
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open photos</source>
        <translation>Abrir fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open a folder of photos</source>
        <translation>Abrir una carpeta de fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Open “{photo}” from {share}?</source>
        <translation>¿Abrir «{photo}» de {share}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>Network share</source>
        <translation>Recurso de red</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/photo_sources.py"/>
        <source>The server learns your user name.</source>
        <translation>El servidor conoce tu nombre de usuario.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Remove {n} near-duplicates of {people}?</source>
        <translation>
            <numerusform>¿Quitar {n} cara casi idéntica de {people}?</numerusform>
            <numerusform>¿Quitar {n} caras casi idénticas de {people}?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>The largest face of nearly the same picture is kept. The others go to Ignored, and their photos then no longer count as photos of {people}.</source>
        <translation>
            <numerusform>Se conserva la cara más grande de casi la misma imagen. La otra pasa a las ignoradas, y su foto ya no cuenta como foto de {people}.</numerusform>
            <numerusform>Se conserva la cara más grande de casi la misma imagen. Las otras pasan a las ignoradas, y sus fotos ya no cuentan como fotos de {people}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Delete for good</source>
        <translation>Eliminar definitivamente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>Delete {name} for good?</source>
        <translation>¿Eliminar a {name} definitivamente?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>This deletes the faces of {name} that have no other name now, what the backups have of {name}, and earlier changes to {name}. It cannot be undone. Your photos are not changed.</source>
        <translation>Se eliminan las caras de {name} que ahora no tienen otro nombre, lo que las copias de seguridad tienen de {name} y los cambios anteriores de {name}. No se puede deshacer. Tus fotos no cambian.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>&amp;Delete for good</source>
        <translation>&amp;Eliminar definitivamente</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/questions.py"/>
        <source>This deletes {n} faces and their crops, what the backups have of {name}, and earlier changes to {name}. It cannot be undone. Your photos are not changed.</source>
        <translation>
            <numerusform>Se eliminan {n} cara y su recorte, lo que las copias de seguridad tienen de {name} y los cambios anteriores de {name}. No se puede deshacer. Tus fotos no cambian.</numerusform>
            <numerusform>Se eliminan {n} caras y sus recortes, lo que las copias de seguridad tienen de {name} y los cambios anteriores de {name}. No se puede deshacer. Tus fotos no cambian.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>What restoring changes</source>
        <translation>Qué cambia la restauración</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <location filename="../../../face_match/gui/people/person_covers.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Faces with a name</source>
        <translation>Caras con nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>After restoring</source>
        <translation>Después de restaurar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Restoring this backup would change nothing.</source>
        <translation>Restaurar esta copia no cambiaría nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Brings back {people}.</source>
        <translation>Recupera: {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Removes {people}.</source>
        <translation>Quita: {people}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces are added.</source>
        <translation>
            <numerusform>Se añade {n} cara.</numerusform>
            <numerusform>Se añaden {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces are removed.</source>
        <translation>
            <numerusform>Se quita {n} cara.</numerusform>
            <numerusform>Se quitan {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces change.</source>
        <translation>
            <numerusform>Cambia {n} cara.</numerusform>
            <numerusform>Cambian {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} faces lose their names.</source>
        <translation>
            <numerusform>{n} cara pierde su nombre.</numerusform>
            <numerusform>{n} caras pierden su nombre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The cover photos or the birth dates of {n} people change.</source>
        <translation>
            <numerusform>Cambia la portada o la fecha de nacimiento de {n} persona.</numerusform>
            <numerusform>Cambian la portada o la fecha de nacimiento de {n} personas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The crops of {n} faces are missing.</source>
        <translation>
            <numerusform>Falta el recorte de {n} cara.</numerusform>
            <numerusform>Faltan los recortes de {n} caras.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>The current records cannot be read. They are kept as a file beside the restored ones.</source>
        <translation>Los datos actuales no se pueden leer. Se conservan en un archivo junto a los restaurados.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>You can undo this.</source>
        <translation>Esto se puede deshacer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>Renames {now} to {then}.</source>
        <translation>{now} pasa a llamarse {then}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/dialogs/restore_preview.py"/>
        <source>{n} other people are renamed.</source>
        <translation>
            <numerusform>{n} persona más cambia de nombre.</numerusform>
            <numerusform>{n} personas más cambian de nombre.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted, and the server is checked</source>
        <translation>Cifrada, y se comprueba el servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted</source>
        <translation>Cifrada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Encrypted where the server can</source>
        <translation>Cifrada si el servidor puede</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Ask the administrator of the server for these. You can also paste an address: postgresql://…</source>
        <translation>Pida estos datos al administrador del servidor. También puede pegar una dirección: postgresql://…</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>The connection is not encrypted: others on the network can read names and see faces. Choose “Encrypted”, or open the gallery all the same.</source>
        <translation>La conexión no está cifrada: otras personas de la red pueden leer nombres y ver caras. Elija «Cifrada» o abra la galería de todos modos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Open a gallery on a server</source>
        <translation>Abrir una galería en un servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Server</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the computer, or a whole address</source>
        <translation>Nombre del equipo o una dirección completa</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Database</source>
        <translation>Base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the database</source>
        <translation>Nombre de la base de datos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of the gallery: a schema</source>
        <translation>Nombre de la galería: un esquema</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Name of your user on the server</source>
        <translation>Nombre de su usuario en el servidor</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Leave it empty if none is needed</source>
        <translation>Déjela vacía si no hace falta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>&amp;Remember the password in the system’s keyring</source>
        <translation>&amp;Recordar la contraseña en el llavero del sistema</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>It is stored nowhere else (Alt+R)</source>
        <translation>No se guarda en ningún otro lugar (Alt+R)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Protection of the connection</source>
        <translation>Protección de la conexión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>How the connection over the network is protected</source>
        <translation>Cómo se protege la conexión por la red</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>About the connection</source>
        <translation>Acerca de la conexión</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Connect and open it (Enter)</source>
        <translation>Conectar y abrir (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Server:</source>
        <translation>&amp;Servidor:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Database:</source>
        <translation>Base de &amp;datos:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Gallery:</source>
        <translation>&amp;Galería:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;User:</source>
        <translation>&amp;Usuario:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Password:</source>
        <translation>&amp;Contraseña:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>Co&amp;nnection:</source>
        <translation>Co&amp;nexión:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Connecting …</source>
        <translation>Conectando …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/server.py"/>
        <source>&amp;Open anyway</source>
        <translation>&amp;Abrir de todos modos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/sheet.py"/>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Skipped photos</source>
        <translation>Fotos omitidas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Photos and reasons</source>
        <translation>Fotos y motivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Skipped photos (↑ ↓)</source>
        <translation>Fotos omitidas (↑ ↓)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>{what}: {count}, in {folder}.</source>
        <translation>{what}: {count}, en {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/skipped_photos.py"/>
        <source>The first {count} are listed.</source>
        <translation>Se muestran las primeras {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>User guide</source>
        <translation>Guía de uso</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>The user guide (↑ ↓ scroll)</source>
        <translation>La guía de uso (↑ ↓ desplazan)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/user_guide.py"/>
        <source>The guide is in docs/user-guide.md of the program’s source code.</source>
        <translation>La guía está en docs/user-guide.md, en el código fuente del programa.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Face regions</source>
        <translation>&amp;Regiones de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names with their places (MWG): digiKam, Lightroom, Immich, PhotoPrism and others.</source>
        <translation>Nombres con su lugar en la imagen (MWG): digiKam, Lightroom, Immich, PhotoPrism y otros.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Face regions of &amp;Microsoft</source>
        <translation>Regiones de caras de &amp;Microsoft</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names with their places, for Windows Photo Gallery and programs that read its form alone.</source>
        <translation>Nombres con su lugar en la imagen, para la Galería fotográfica de Windows y programas que solo leen su forma.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;List of people</source>
        <translation>&amp;Lista de personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names without places (PersonInImage), for programs that know no regions.</source>
        <translation>Nombres sin lugar (PersonInImage), para programas que no conocen regiones.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Keywords</source>
        <translation>Palabras &amp;clave</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>“People/Name” among the keywords, so that every program finds the photos.</source>
        <translation>«People/Nombre» entre las palabras clave, para que todo programa encuentre las fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Sidecars beside the photos</source>
        <translation>Archivos &amp;adjuntos junto a las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Names are written to XMP sidecars. The photos are not changed.</source>
        <translation>Los nombres se escriben en archivos XMP adjuntos. Las fotos no se modifican.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Into the &amp;photos</source>
        <translation>Dentro de las &amp;fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>JPEG, PNG, WebP and TIFF files are rewritten, with the picture unchanged; others get a sidecar.</source>
        <translation>JPEG, PNG, WebP y TIFF se reescriben sin cambiar la imagen; los demás reciben un archivo adjunto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Write names to photos and sidecars</source>
        <translation>Escribir nombres en fotos y archivos adjuntos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Forms</source>
        <translation>Formas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>&amp;Choose folder …</source>
        <translation>&amp;Elegir carpeta …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/dialogs/write_names.py"/>
        <source>Choose the folder of the photos (Enter)</source>
        <translation>Elegir la carpeta de las fotos (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Archives of Face Match (*.zip)</source>
        <translation>Archivos de Face Match (*.zip)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Tables (*.csv)</source>
        <translation>Tablas (*.csv)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Photos are copied into one folder for each person in them.</source>
        <translation>Las fotos se copian en una carpeta por cada persona que aparece.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Each person gets a folder there. Existing files are not overwritten.</source>
        <translation>Cada persona recibe allí una carpeta. No se sobrescriben archivos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Catalogues (digikam4.db *.lrcat contacts.xml backup.xml)</source>
        <translation>Catálogos (digikam4.db *.lrcat contacts.xml backup.xml)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Names are read from the photos, from XMP sidecars, and from the files of Picasa, digiKam, Lightroom and Google Takeout in the folder.</source>
        <translation>Los nombres se leen de las fotos, de los archivos XMP adjuntos y de los archivos de Picasa, digiKam, Lightroom y Google Takeout que haya en la carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Choose the catalogue: digikam4.db of digiKam, a .lrcat file of Lightroom, or contacts.xml of Picasa. Close the program first. The catalogue is not changed.</source>
        <translation>Elija el catálogo: digikam4.db de digiKam, un archivo .lrcat de Lightroom o contacts.xml de Picasa. Cierre antes el programa. El catálogo no se modifica.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Now choose the folder with the photos of the catalogue.</source>
        <translation>Ahora elija la carpeta con las fotos del catálogo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Each subfolder of the folder you choose is one person, with the name of the subfolder.</source>
        <translation>Cada subcarpeta de la carpeta elegida es una persona con el nombre de la subcarpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Every file of the gallery is copied and compared. Then the files in the old folder are deleted.</source>
        <translation>Cada archivo de la galería se copia y se compara. Después se borran los archivos de la carpeta antigua.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the archive will not be. Anyone who has it can see all faces and names.</source>
        <translation>La galería está cifrada, pero el archivo no lo estará. Quien lo tenga podrá ver todas las caras y nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the sidecars will not be. Anyone who has the photos can read the names.</source>
        <translation>La galería está cifrada, pero los archivos XMP no lo estarán. Quien tenga las fotos podrá leer los nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the table will not be. Anyone who has it can read the names.</source>
        <translation>La galería está cifrada, pero la tabla no lo estará. Quien la tenga podrá leer los nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The gallery is encrypted, but the folders will not be. Anyone who has them can read the names.</source>
        <translation>La galería está cifrada, pero las carpetas no lo estarán. Quien las tenga podrá leer los nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>A gallery on a server is backed up by its administrators. An archive (Export) is a copy of it.</source>
        <translation>De una galería en un servidor hacen copias sus administradores. Un archivo (Exportar) es una copia de ella.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>This gallery is in the database of a server.</source>
        <translation>Esta galería está en la base de datos de un servidor.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>The administrators of the server encrypt its disks.</source>
        <translation>Los administradores del servidor cifran sus discos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>To move a gallery to or from a server, choose Export → The whole gallery, open the other gallery, and choose Import → An archive of another gallery.</source>
        <translation>Para mover una galería a un servidor o desde él, elige Exportar → La galería completa, abre la otra galería y elige Importar → Archivo de otra galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Finish e&amp;ncrypting</source>
        <translation>Terminar de ci&amp;frar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>E&amp;ncrypt …</source>
        <translation>Ci&amp;frar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Use &amp;JSON storage</source>
        <translation>Usar &amp;JSON</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Use S&amp;QLite storage</source>
        <translation>Usar S&amp;QLite</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Begin a new gallery here?</source>
        <translation>¿Empezar aquí una galería nueva?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>There is no gallery in {folder}.</source>
        <translation>No hay ninguna galería en {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Begin a new gallery</source>
        <translation>&amp;Empezar una galería nueva</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder to move the gallery to</source>
        <translation>Carpeta a la que se mueve la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Export unencrypted</source>
        <translation>&amp;Exportar sin cifrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export the whole gallery</source>
        <translation>Exportar la galería completa</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export the gallery</source>
        <translation>Exportar la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import an archive</source>
        <translation>Importar un archivo de galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import people from folders</source>
        <translation>Importar personas de carpetas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import names</source>
        <translation>Importar nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Import names from a catalogue</source>
        <translation>Importar nombres de un catálogo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder of the photos</source>
        <translation>Carpeta de las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Write unencrypted</source>
        <translation>&amp;Escribir sin cifrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Export face list</source>
        <translation>Exportar la lista de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder for the copies</source>
        <translation>Carpeta para las copias</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Folder of the photos to export</source>
        <translation>Carpeta de las fotos que se exportan</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Write names without encryption?</source>
        <translation>¿Escribir los nombres sin cifrar?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Decrypt this gallery?</source>
        <translation>¿Descifrar esta galería?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Anyone who can read the gallery’s folder will be able to see all faces and names.</source>
        <translation>Quien pueda leer la carpeta de la galería podrá ver todas las caras y nombres.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Decrypt</source>
        <translation>&amp;Descifrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{name} has {faces}. You will be asked to confirm.</source>
        <translation>{name} tiene {faces}. Se pedirá confirmación.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{name} was deleted and can be brought back. This ends that.</source>
        <translation>{name} se eliminó y se puede recuperar. Después ya no será posible.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>There is no person with this name.</source>
        <translation>No hay nadie con este nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete a person for good</source>
        <translation>Eliminar definitivamente a una persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Person to delete:</source>
        <translation>Persona que se elimina:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete …</source>
        <translation>Eliminar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>Delete all people for good?</source>
        <translation>¿Eliminar definitivamente a todas las personas?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>{people} with {faces}, and all backups will be deleted. This cannot be undone. Archives that you exported are not deleted.</source>
        <translation>Se eliminarán {people} con {faces} y todas las copias de seguridad. No se puede deshacer. Los archivos que exportaste no se eliminan.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/gallery_menu.py"/>
        <source>&amp;Delete all people</source>
        <translation>&amp;Eliminar a todas las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open photos</source>
        <translation>abrir fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>import a folder: scan its photos for faces</source>
        <translation>importar una carpeta: buscar caras en sus fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>paste a photo</source>
        <translation>pegar una foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the people</source>
        <translation>mostrar las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the unnamed faces</source>
        <translation>mostrar las caras sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>go to the search field; ↓ or Tab takes a name that drops down</source>
        <translation>ir al campo de búsqueda; ↓ o Tab toma un nombre desplegado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>back to the page before the photo, or to the last search</source>
        <translation>volver a la página anterior a la foto, o a la última búsqueda</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>undo, redo</source>
        <translation>deshacer, rehacer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the history</source>
        <translation>mostrar el historial</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>this page</source>
        <translation>esta página</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>confirm the match, or use the name typed</source>
        <translation>confirmar la coincidencia o usar el nombre escrito</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>type a name; on a suggestion, N, X and B are commands</source>
        <translation>escribir un nombre; en una sugerencia, N, X y B son órdenes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: someone else</source>
        <translation>en una sugerencia: otra persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: not them</source>
        <translation>en una sugerencia: no es esa persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>not them: remove the name or the match; of a drawn box without a name, the box</source>
        <translation>no es esa persona: quitar el nombre o la coincidencia; de un recuadro dibujado sin nombre, el recuadro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose a match</source>
        <translation>elegir una coincidencia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next face; past the last one, the next photo</source>
        <translation>cara anterior o siguiente; tras la última, la foto siguiente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next photo</source>
        <translation>foto anterior, siguiente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>ignore the face, or no longer</source>
        <translation>ignorar la cara, o dejar de hacerlo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>compare two faces in large, or show the photo again</source>
        <translation>comparar dos caras en grande, o mostrar de nuevo la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>draw a box around a missed face; on a suggestion also B</source>
        <translation>dibujar un recuadro alrededor de una cara omitida; con una sugerencia, también B</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>turn the photo</source>
        <translation>girar la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>fit the photo into the window (F: without a face)</source>
        <translation>ajustar la foto a la ventana (F: sin cara)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>zoom</source>
        <translation>zoom</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>find small faces in large photos, on or off</source>
        <translation>buscar caras pequeñas en fotos grandes, sí o no</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>go to the threshold</source>
        <translation>ir al umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>clear the name; to the matches; back to the search, person, group or all photos</source>
        <translation>borrar el nombre; a las coincidencias; volver a la búsqueda, la persona, el grupo o todas las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>confirm the suggestion, or name the faces as typed</source>
        <translation>confirmar la sugerencia o poner a las caras el nombre escrito</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>start the name; on a suggestion, any but n and x</source>
        <translation>empezar el nombre; en una sugerencia, todas menos n y x</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: someone else, type the name</source>
        <translation>en una sugerencia: otra persona, escribir el nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>on a suggestion: not them, do not suggest them again</source>
        <translation>en una sugerencia: no es esa persona, no volver a sugerirla</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose a face, with Shift several; choose all</source>
        <translation>elegir una cara, con Mayús varias; elegir todas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>remove the faces from the group</source>
        <translation>quitar las caras del grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>take the one name that is suggested while you type</source>
        <translation>tomar el único nombre que se sugiere al escribir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>same as another group: press here, go there, press Enter</source>
        <translation>unir con otro grupo: pulsar aquí, ir allí, pulsar Intro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>ignore the faces</source>
        <translation>ignorar las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the whole photo, or the group again</source>
        <translation>mostrar la foto entera, o de nuevo el grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>size of the faces; or Ctrl with the mouse wheel</source>
        <translation>tamaño de las caras; o Ctrl y rueda</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>previous, next group</source>
        <translation>grupo anterior, siguiente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>all that can be done with the faces</source>
        <translation>todo lo que se puede hacer con las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>cancel the name, the photo, or the choice of another group</source>
        <translation>cancelar el nombre, la foto o la elección de otro grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the person; in a person’s photos, the photo</source>
        <translation>abrir a la persona; en las fotos de una persona, la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>back to all people</source>
        <translation>volver a todas las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>find a name</source>
        <translation>buscar un nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose several people, or faces</source>
        <translation>elegir varias personas o caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose all</source>
        <translation>elegir todas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>show the person’s photos, faces</source>
        <translation>mostrar las fotos, las caras de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>rename the person</source>
        <translation>cambiar el nombre de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>set the person’s birth date</source>
        <translation>poner la fecha de nacimiento de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>merge the people into one</source>
        <translation>combinar las personas en una</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>delete the people; of faces, remove the name</source>
        <translation>eliminar las personas; en las caras, quitar el nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>delete the person for good</source>
        <translation>eliminar definitivamente a la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>move the faces to another person; or drag them there</source>
        <translation>mover las caras a otra persona; o arrastrarlas allí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>move faces marked “?” to the other person</source>
        <translation>mover las caras con «?» a la otra persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>remove near-duplicates</source>
        <translation>quitar caras casi idénticas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo of the face (or double-click)</source>
        <translation>abrir la foto de la cara (o doble clic)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>use the face as the person’s cover photo</source>
        <translation>usar la cara como portada de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>sort the people</source>
        <translation>ordenar las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>more to do with the person</source>
        <translation>más acciones para la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>all photos, those with unnamed faces, those without a face</source>
        <translation>todas las fotos, las que tienen caras sin nombre, las que no tienen caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo; Page Down then shows the next one of the grid</source>
        <translation>abrir la foto; Av Pág muestra entonces la siguiente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>open the photo, or ask where it is if it is missing</source>
        <translation>abrir la foto, o preguntar dónde está si falta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>choose all photos</source>
        <translation>elegir todas las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>export copies of the chosen photos, or of all</source>
        <translation>exportar copias de las fotos elegidas, o de todas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>size of the photos; or Ctrl with the mouse wheel</source>
        <translation>tamaño de las fotos; o Ctrl con la rueda del ratón</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/keys.py"/>
        <source>what else can be done with the photos</source>
        <translation>qué más se puede hacer con las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <source>&amp;Conflicts ({count}) …</source>
        <translation>&amp;Conflictos ({count}) …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Conflicts …</source>
        <translation>&amp;Conflictos …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/main_window.py"/>
        <source>Model: {model}</source>
        <translation>Modelo: {model}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;People</source>
        <translation>&amp;Personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Hi&amp;story …</source>
        <translation>&amp;Historial …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Unnamed &amp;faces</source>
        <translation>Caras &amp;sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>P&amp;hoto</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Ignored faces</source>
        <translation>Caras &amp;ignoradas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Draw a box around a face	Ctrl+B</source>
        <translation>Dib&amp;ujar un recuadro alrededor de una cara	Ctrl+B</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Quit</source>
        <translation>Sa&amp;lir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Import</source>
        <translation>&amp;Importar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Open photos …</source>
        <translation>A&amp;brir fotos …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Open a folder &amp;photo by photo …</source>
        <translation>Abrir una carpeta &amp;foto a foto …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Paste a p&amp;hoto</source>
        <translation>&amp;Pegar una foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Import a &amp;folder …</source>
        <translation>Importar una &amp;carpeta …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Names from photos and sidecars …</source>
        <translation>&amp;Nombres de fotos y archivos XMP …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Names from other p&amp;rograms …</source>
        <translation>Nombres de otros pro&amp;gramas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>People from fol&amp;ders …</source>
        <translation>Personas de ca&amp;rpetas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>An &amp;archive of another gallery …</source>
        <translation>&amp;Archivo de otra galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Export</source>
        <translation>&amp;Exportar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Photos by &amp;person …</source>
        <translation>Fotos por &amp;persona …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Face &amp;list (CSV) …</source>
        <translation>&amp;Lista de caras (CSV) …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Names to photos and &amp;sidecars …</source>
        <translation>&amp;Nombres a fotos y archivos adjuntos …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>The gallery as an &amp;archive …</source>
        <translation>La galería como &amp;archivo …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>The &amp;whole gallery, to move it …</source>
        <translation>La galería &amp;completa, para moverla …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Backup &amp;&amp; privacy</source>
        <translation>&amp;Copia y privacidad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Back up now</source>
        <translation>Hacer &amp;copia ahora</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Restore a backup …</source>
        <translation>&amp;Restaurar una copia …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Check the gallery …</source>
        <translation>Compro&amp;bar la galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Chan&amp;ge the passphrase …</source>
        <translation>Ca&amp;mbiar la frase de contraseña …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Decr&amp;ypt …</source>
        <translation>&amp;Descifrar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Delete a &amp;person for good …</source>
        <translation>&amp;Eliminar definitivamente a una persona …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Delete &amp;all people …</source>
        <translation>Eliminar a &amp;todas las personas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Settings</source>
        <translation>&amp;Ajustes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Match accuracy …</source>
        <translation>&amp;Precisión de las coincidencias …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Mode&amp;ls …</source>
        <translation>&amp;Modelos …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Get FaceNet …</source>
        <translation>&amp;Obtener FaceNet …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Find &amp;small faces</source>
        <translation>Buscar caras pe&amp;queñas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Galler&amp;y</source>
        <translation>&amp;Galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Open another gallery …</source>
        <translation>&amp;Abrir otra galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Move the gallery …</source>
        <translation>&amp;Mover la galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Show the gallery’s &amp;folder</source>
        <translation>Mostrar la &amp;carpeta de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Ad&amp;vanced</source>
        <translation>&amp;Avanzado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;Keyboard</source>
        <translation>&amp;Teclado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;User guide</source>
        <translation>&amp;Guía de uso</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>&amp;About Face Match</source>
        <translation>A&amp;cerca de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/menus.py"/>
        <source>Model in &amp;use</source>
        <translation>Modelo en &amp;uso</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Open &amp;photo</source>
        <translation>Abrir &amp;foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Open the photo of the selected face</source>
        <translation>Abrir la foto de la cara elegida</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>M&amp;ove to …</source>
        <translation>&amp;Mover a …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move the selected faces to another person</source>
        <translation>Mover las caras elegidas a otra persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move to the person it looks &amp;more like</source>
        <translation>Mover a la más &amp;parecida</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move selected faces marked “?” to the person they look more like</source>
        <translation>Mover las caras elegidas con «?» a la persona a la que más se parecen</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Set as co&amp;ver</source>
        <translation>Usar como po&amp;rtada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Use the selected face as the cover photo</source>
        <translation>Usar la cara elegida como portada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>R&amp;emove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove the names of the selected faces, which become unnamed</source>
        <translation>Quitar los nombres de las caras elegidas, que quedan sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Remove &amp;near-duplicates …</source>
        <translation>Quitar casi idé&amp;nticas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Near-duplicates …</source>
        <translation>Casi idénticas …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a face that is marked “?” first.</source>
        <translation>Seleccione primero una cara marcada con «?».</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a face first: click one, or press an arrow key.</source>
        <translation>Elige antes una cara: haz clic en una o pulsa una flecha.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Select a single face for that.</source>
        <translation>Elige una sola cara para eso.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>This face is the cover photo already.</source>
        <translation>Esta cara ya es la portada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Type a name, or part of it. A new name makes a new person.</source>
        <translation>Escribe un nombre o una parte. Un nombre nuevo crea una persona nueva.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>A new person will be added, with these {n} faces.</source>
        <translation>
            <numerusform>Se añadirá una persona nueva con esta cara.</numerusform>
            <numerusform>Se añadirá una persona nueva con estas {n} caras.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move faces</source>
        <translation>Mover caras</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>Move these {n} faces to:</source>
        <translation>
            <numerusform>Mover esta cara a:</numerusform>
            <numerusform>Mover estas {n} caras a:</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>&amp;Move</source>
        <translation>&amp;Mover</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>{name} already has these {n} faces.</source>
        <translation>
            <numerusform>{name} ya tiene esta cara.</numerusform>
            <numerusform>{name} ya tiene estas {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/face_actions.py"/>
        <source>{name} will have {n} faces.</source>
        <translation>
            <numerusform>{name} tendrá {n} cara.</numerusform>
            <numerusform>{name} tendrá {n} caras.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>&amp;Show again</source>
        <translation>&amp;Volver a mostrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Show the selected faces among the unnamed ones again</source>
        <translation>Volver a mostrar las caras elegidas entre las que no tienen nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Ignored faces</source>
        <translation>Caras ignoradas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Nobody is asked who these are. Faces that are shown again wait under Unnamed faces.</source>
        <translation>No se pregunta quiénes son. Las que se vuelven a mostrar esperan en Sin nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>What ignored faces are</source>
        <translation>Qué son las caras ignoradas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>No faces are ignored.</source>
        <translation>No se ignora ninguna cara.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>{n} selected</source>
        <translation>
            <numerusform>{n} elegida</numerusform>
            <numerusform>{n} elegidas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Arrow keys choose a face, with Shift or Ctrl several (Ctrl+A: all). Enter shows them again.</source>
        <translation>Las flechas eligen una cara, con Mayús o Ctrl varias (Ctrl+A: todas). Intro las vuelve a mostrar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Ignored face {number} of {count}.</source>
        <translation>Cara ignorada {number} de {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/ignored_page.py"/>
        <source>Found on {date}.</source>
        <translation>Encontrada el {date}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort the people (Ctrl+Shift+S)</source>
        <translation>Ordenar las personas (Ctrl+Mayús+S)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Select nobody (Escape)</source>
        <translation>No elegir a nadie (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: most faces</source>
        <translation>Orden: más caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: name</source>
        <translation>Orden: nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Sort: last added</source>
        <translation>Orden: últimas añadidas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Most &amp;faces</source>
        <translation>Más &amp;caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/overview.py"/>
        <source>Last &amp;added</source>
        <translation>Últimas &amp;añadidas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Rename</source>
        <translation>Cambiar &amp;nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Rename the person</source>
        <translation>Cambiar el nombre de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Birth date …</source>
        <translation>&amp;Fecha de nacimiento …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Set the person’s birth date</source>
        <translation>Poner la fecha de nacimiento de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Merge …</source>
        <translation>&amp;Combinar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge people into one</source>
        <translation>Combinar personas en una</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Delete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete the selected people; their faces become unnamed</source>
        <translation>Eliminar las personas elegidas; sus caras quedan sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete for &amp;good …</source>
        <translation>Eliminar &amp;definitivamente …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Delete the person and the faces for good, also from the backups</source>
        <translation>Eliminar definitivamente a la persona y sus caras, también de las copias de seguridad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>The name is taken</source>
        <translation>El nombre ya existe</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Another person is called {name}. Merge the two people?</source>
        <translation>Otra persona se llama {name}. ¿Combinar a las dos?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>&amp;Merge</source>
        <translation>&amp;Combinar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Type a name, or part of it.</source>
        <translation>Escribe un nombre o una parte.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>{name} cannot be merged with itself.</source>
        <translation>{name} no se puede combinar consigo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge people</source>
        <translation>Combinar personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_actions.py"/>
        <source>Merge {people} into:</source>
        <translation>Combinar a {people} con:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <source>Enter or a click opens a person; Shift or Ctrl selects several</source>
        <translation>Intro o un clic abre una persona; Mayús o Ctrl elige varias</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_grid.py"/>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>New name</source>
        <translation>Nombre nuevo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_strip.py"/>
        <source>Move to a person</source>
        <translation>Mover a una persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/people_strip.py"/>
        <source>Drop faces on a person to move them there, or press Enter for the selected faces</source>
        <translation>Suelta caras sobre una persona para moverlas, o pulsa Intro para las elegidas</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/person_covers.py"/>
        <source>{name}, {n} faces</source>
        <translation>
            <numerusform>{name}, {n} cara</numerusform>
            <numerusform>{name}, {n} caras</numerusform>
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
            <numerusform>{n} cara</numerusform>
            <numerusform>{n} caras</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>Faces</source>
        <translation>Caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Faces that are dragged onto a person below are moved there (F6)</source>
        <translation>Las caras que se arrastran a una persona de abajo se mueven allí (F6)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>★ cover photo</source>
        <translation>★ portada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>≈ nearly the same picture as another one</source>
        <translation>≈ casi la misma imagen que otra</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>? looks more like someone else: Ctrl+J moves it there</source>
        <translation>? se parece más a otra persona: Ctrl+J la mueve allí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>= the same face of the same photo, twice</source>
        <translation>= la misma cara de la misma foto, dos veces</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>2 two faces of one photo</source>
        <translation>2 dos caras de una misma foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Face {number} of {count}.</source>
        <translation>Cara {number} de {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Almost the same picture as face {number} (similarity {similarity}), which is outlined while this one is chosen.</source>
        <translation>Casi la misma imagen que la cara {number} (similitud {similarity}), que se perfila mientras esta está elegida.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>{name}, added {date}.</source>
        <translation>{name}, añadida el {date}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Cover photo.</source>
        <translation>Portada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Looks more like {name} ({similarity}) than like this person ({own}). Ctrl+J moves it there.</source>
        <translation>Se parece más a {name} ({similarity}) que a esta persona ({own}). Ctrl+J la mueve allí.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_faces.py"/>
        <source>Most similar other person: {name} (similarity {similarity}).</source>
        <translation>La otra persona más parecida: {name} (similitud {similarity}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>Back to all people (Backspace, Escape)</source>
        <translation>Volver a todas las personas (Retroceso, Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>Type the new name (Enter saves it, Escape keeps the old one)</source>
        <translation>Escribe el nombre nuevo (Intro lo guarda, Esc conserva el anterior)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>born {date}</source>
        <translation>nacimiento: {date}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_header.py"/>
        <source>most like {name} (similarity {similarity})</source>
        <translation>se parece más a {name} (similitud {similarity})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>More actions (Ctrl+Shift+M)</source>
        <translation>Más acciones (Ctrl+Mayús+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>All photos of this person (Ctrl+1)</source>
        <translation>Todas las fotos de esta persona (Ctrl+1)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>The faces of this person (Ctrl+2)</source>
        <translation>Las caras de esta persona (Ctrl+2)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>What the signs on the faces mean</source>
        <translation>Qué significan los signos de las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/person_page.py"/>
        <source>Drag faces onto a person to move them there</source>
        <translation>Arrastra caras sobre una persona para moverlas allí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>and</source>
        <translation>y e con</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>without</source>
        <translation>sin no excepto salvo menos pero</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>only</source>
        <translation>solo solamente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>People whose names match (arrow keys, Enter)</source>
        <translation>Personas cuyo nombre encaja (flechas, Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Who is “{name}”?</source>
        <translation>¿Quién es «{name}»?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No name contains “{text}”</source>
        <translation>Ningún nombre contiene «{text}»</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>{n} names contain “{text}”</source>
        <translation>
            <numerusform>{n} nombre contiene «{text}»</numerusform>
            <numerusform>{n} nombres contienen «{text}»</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos of only {people}: {count}</source>
        <translation>Fotos solo de {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos with {people} and without {others}: {count}</source>
        <translation>Fotos con {people} y sin {others}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos without {people}: {count}</source>
        <translation>Fotos sin {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Photos with {people}: {count}</source>
        <translation>Fotos con {people}: {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Several people have this in their names. Choose one, or type more of the name.</source>
        <translation>Varias personas tienen esto en el nombre. Elige una o escribe más del nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Nobody has this name. Similar names are below.</source>
        <translation>Nadie tiene este nombre. Debajo hay nombres parecidos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Nobody has this name.</source>
        <translation>Nadie tiene este nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Similar names are below.</source>
        <translation>Debajo hay nombres parecidos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Type a part of a name, “Ada and Grace”, “Ada without Grace”, or “only Ada”.</source>
        <translation>Escribe una parte de un nombre, «Ada y Grace», «Ada sin Grace» o «solo Ada».</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Add “and”, or “without”, and another name to search for photos of several people.</source>
        <translation>Añade «y» o «sin» y otro nombre para buscar fotos de varias personas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>Only faces with a name are searched for.</source>
        <translation>Solo se buscan caras con nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photo shows nobody else. Unnamed faces count as other people; ignored ones do not.</source>
        <translation>En todas las fotos hay alguien más. Las caras sin nombre cuentan como otras personas; las ignoradas, no.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photo shows all of them together.</source>
        <translation>Ninguna foto las muestra a todas juntas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/search_page.py"/>
        <source>No photos were found.</source>
        <translation>No se encontraron fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>Name them</source>
        <translation>Poner nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>Show the unnamed faces (Ctrl+R)</source>
        <translation>Mostrar las caras sin nombre (Ctrl+R)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>{n} unnamed faces</source>
        <translation>
            <numerusform>{n} cara sin nombre</numerusform>
            <numerusform>{n} caras sin nombre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>{faces} in {n} groups</source>
        <translation>
            <numerusform>{faces} en {n} grupo</numerusform>
            <numerusform>{faces} en {n} grupos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>from “{folder}”</source>
        <translation>de «{folder}»</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/people/unnamed_card.py"/>
        <source>from “{folder}” and {n} other folders</source>
        <translation>
            <numerusform>de «{folder}» y {n} carpeta más</numerusform>
            <numerusform>de «{folder}» y {n} carpetas más</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>All photos (Ctrl+1)</source>
        <translation>Todas las fotos (Ctrl+1)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>With unnamed faces</source>
        <translation>Con caras sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>Photos with unnamed faces (Ctrl+2)</source>
        <translation>Fotos con caras sin nombre (Ctrl+2)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>No face found</source>
        <translation>Ninguna cara encontrada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>Photos in which no face was found (Ctrl+3)</source>
        <translation>Fotos en las que no se encontró ninguna cara (Ctrl+3)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>No photo has an unnamed face.</source>
        <translation>Ninguna foto tiene caras sin nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/all_photos.py"/>
        <source>A face was found in every photo.</source>
        <translation>Se encontró una cara en todas las fotos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>Box around a face</source>
        <translation>Recuadro alrededor de una cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>Drag a box around the face, or use the arrow keys (Shift resizes). Enter accepts it, Escape cancels</source>
        <translation>Dibuja un recuadro alrededor de la cara, o usa las flechas (Mayús cambia el tamaño). Intro lo acepta, Esc cancela</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/box_drawing.py"/>
        <source>{width} × {height} pixels at {x}, {y}</source>
        <translation>{width} × {height} píxeles en {x}, {y}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Photo, and its place in the queue</source>
        <translation>Foto y su lugar en la serie</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Previous photo (PgUp)</source>
        <translation>Foto anterior (RePág)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Next photo (PgDn)</source>
        <translation>Foto siguiente (AvPág)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Draw a box around a face (Ctrl+B)</source>
        <translation>Dibujar un recuadro alrededor de una cara (Ctrl+B)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Turn the photo to the left (Ctrl+[)</source>
        <translation>Girar la foto a la izquierda (Ctrl+[)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Turn the photo to the right (Ctrl+])</source>
        <translation>Girar la foto a la derecha (Ctrl+])</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom out (−; Ctrl+0 fits)</source>
        <translation>Alejar (−; Ctrl+0 ajusta)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Fit the photo into the window (Ctrl+0)</source>
        <translation>Ajustar la foto a la ventana (Ctrl+0)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom in (+; Ctrl+0 fits)</source>
        <translation>Acercar (+; Ctrl+0 ajusta)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Zoom, turn, draw a box</source>
        <translation>Ampliar, girar, dibujar un recuadro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Photos of {name}</source>
        <translation>Fotos de {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Back to the photos of {name} (Escape)</source>
        <translation>Volver a las fotos de {name} (Escape)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/canvas_bar.py"/>
        <source>Show all photos (Escape, where the photo was opened there)</source>
        <translation>Mostrar todas las fotos (Escape, si la foto se abrió allí)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Error rates at this threshold</source>
        <translation>Tasas de error con este umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Choose the threshold by its error rate (Alt+W)</source>
        <translation>Elegir el umbral por su tasa de error (Alt+W)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Use the recommended threshold again (Alt+R)</source>
        <translation>Volver a usar el umbral recomendado (Alt+R)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>&amp;Reset to {threshold}</source>
        <translation>&amp;Restablecer {threshold}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>At most 1 false match in {number} comparisons</source>
        <translation>Como mucho 1 coincidencia falsa en {number} comparaciones</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>{share} of the matches correct</source>
        <translation>{share} de las coincidencias correctas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>The model’s default</source>
        <translation>El predeterminado del modelo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Match accuracy …</source>
        <translation>Precisión de las coincidencias …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Similarities of different people and of the same person</source>
        <translation>Similitudes de personas distintas y de la misma persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/error_rates_view.py"/>
        <source>Dashed orange: different people. Green: the same person</source>
        <translation>Naranja discontinuo: personas distintas. Verde: la misma persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_drawing.py"/>
        <source>Open a photo first. Then press Ctrl+B to draw a box around a face.</source>
        <translation>Abre primero una foto. Después pulsa Ctrl+B para dibujar un recuadro alrededor de una cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_drawing.py"/>
        <source>No box was drawn.</source>
        <translation>No se dibujó ningún recuadro.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Turn the photo to the righ&amp;t	Ctrl+]</source>
        <translation>Girar la foto a la de&amp;recha	Ctrl+]</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Turn the photo to the &amp;left	Ctrl+[</source>
        <translation>Girar la foto a la &amp;izquierda	Ctrl+[</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Zoom in	+</source>
        <translation>A&amp;cercar	+</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Zoom &amp;out	−</source>
        <translation>A&amp;lejar	−</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Fit into the window	Ctrl+0</source>
        <translation>A&amp;justar a la ventana	Ctrl+0</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Show in file &amp;manager</source>
        <translation>Mostrar en el gest&amp;or de archivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Name this face …</source>
        <translation>Poner &amp;nombre a esta cara …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Change the &amp;name …</source>
        <translation>Cambiar el &amp;nombre …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Remove the name {name}	Del</source>
        <translation>&amp;Quitar el nombre {name}	Supr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Show {name}</source>
        <translation>&amp;Mostrar a {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>No longer &amp;ignore this face	Ctrl+I</source>
        <translation>Dejar de i&amp;gnorar esta cara	Ctrl+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>&amp;Ignore this face	Ctrl+I</source>
        <translation>I&amp;gnorar esta cara	Ctrl+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Remove the &amp;box	Del</source>
        <translation>Quitar el &amp;recuadro	Supr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_menu.py"/>
        <source>Remove the &amp;box</source>
        <translation>Quitar el &amp;recuadro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>This face</source>
        <translation>Esta cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>This face. Click to compare it in large (Ctrl+E)</source>
        <translation>Esta cara. Haz clic para compararla en grande (Ctrl+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Most similar face of the selected person</source>
        <translation>La cara más parecida de la persona elegida</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Most similar face of the selected person. Click to compare it in large (Ctrl+E)</source>
        <translation>La cara más parecida de la persona elegida. Haz clic para compararla en grande (Ctrl+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Question about the face</source>
        <translation>Pregunta sobre la cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Confirm match</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Add the face to the selected person (Enter)</source>
        <translation>Añadir la cara a la persona elegida (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Not them</source>
        <translation>No es</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Not the selected person (X or Delete)</source>
        <translation>No es la persona elegida (X o Supr)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Name of the person (type a letter; N on a suggestion)</source>
        <translation>Nombre de la persona (escribe una letra; N si hay una sugerencia)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add as New</source>
        <translation>Añadir nueva</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Use this name for the face (Enter)</source>
        <translation>Usar este nombre para la cara (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Compare the two faces in large (Ctrl+E)</source>
        <translation>Comparar las dos caras en grande (Ctrl+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add face</source>
        <translation>Añadir cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Change name</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>&amp;Matches</source>
        <translation>Coi&amp;ncidencias</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>{n} over threshold</source>
        <translation>
            <numerusform>{n} coincide</numerusform>
            <numerusform>{n} coinciden</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>Face {number} of {count}</source>
        <translation>Cara {number} de {count}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <source>The only face in the photo</source>
        <translation>La única cara de la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Someone else …</source>
        <translation>Otra persona …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/face_panel.py"/>
        <location filename="../../../face_match/gui/widgets/name_edit.py"/>
        <source>Type a name</source>
        <translation>Escribe un nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>Matches</source>
        <translation>Coincidencias</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>The people most like this face (Top-K). Choose with ↑ ↓ or 1–9, confirm with Enter</source>
        <translation>Las personas más parecidas a esta cara (Top-K). Elige con ↑ ↓ o 1–9, confirma con Intro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, below the threshold</source>
        <translation>{name}, puntuación {score}, por debajo del umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, maybe a match</source>
        <translation>{name}, puntuación {score}, quizá una coincidencia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>{name}, score {score}, match</source>
        <translation>{name}, puntuación {score}, coincidencia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/match_list.py"/>
        <source>the only face of this person</source>
        <translation>única cara de esta persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add the face as a new person (Enter)</source>
        <translation>Añadir la cara como persona nueva (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Add the face to {name} (Enter)</source>
        <translation>Añadir la cara a {name} (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Use this name instead of {name} (Enter)</source>
        <translation>Usar este nombre en lugar de {name} (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Remove the name {name} from this face (Delete)</source>
        <translation>Quitar el nombre {name} de esta cara (Supr)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again (X or Delete)</source>
        <translation>No es la persona elegida: no se volverá a sugerir para esta cara (X o Supr)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again (X)</source>
        <translation>No es la persona elegida: no volver a sugerirla para esta cara (X)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Not the selected person: do not suggest them for this face again</source>
        <translation>No es la persona elegida: no volver a sugerirla para esta cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Type a name. Escape goes back to the matches.</source>
        <translation>Escribe un nombre. Esc vuelve a las coincidencias.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>There is no face to name. Press Ctrl+B to draw a box around one.</source>
        <translation>No hay ninguna cara que nombrar. Pulsa Ctrl+B para dibujar un recuadro alrededor de una.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Use this name anyway?</source>
        <translation>¿Usar este nombre de todos modos?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added.</source>
        <translation>No se añadió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added to {name}.</source>
        <translation>No se añadió nada a {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <source>Nothing was added, because another photo was opened meanwhile.</source>
        <translation>No se añadió nada, porque mientras tanto se abrió otra foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/naming.py"/>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>The box was removed.</source>
        <translation>El recuadro se ha quitado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Find smaller &amp;faces</source>
        <translation>Buscar ca&amp;ras pequeñas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look once more, for smaller faces. Ctrl+L always looks for them</source>
        <translation>Buscar otra vez caras más pequeñas. Con Ctrl+L se buscan siempre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Turn the photo</source>
        <translation>Girar la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Turn the photo to the right (Ctrl+]), or to the left (Ctrl+[)</source>
        <translation>Girar la foto a la derecha (Ctrl+]) o a la izquierda (Ctrl+[)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Draw a box</source>
        <translation>Dibujar un recuadro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Nothing in {photo} looks like a face.</source>
        <translation>Nada en {photo} parece una cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>No face of {size} pixels or more was found in {photo}.</source>
        <translation>No se encontró ninguna cara de {size} píxeles o más en {photo}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look with {detector} (&amp;{number})</source>
        <translation>Buscar con {detector} (&amp;{number})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/no_face_view.py"/>
        <source>Look once more with another detector</source>
        <translation>Buscar otra vez con otro detector</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/page.py"/>
        <source>Drop a photo here, paste one, or open one with Ctrl+O.

To name people in many photos, drop a folder or press Ctrl+Shift+O.</source>
        <translation>Suelta aquí una foto, pégala o ábrela con Ctrl+O.

Para poner nombre a personas en muchas fotos, suelta una carpeta o pulsa Ctrl+Mayús+O.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>There is no photo on the clipboard.</source>
        <translation>No hay ninguna foto en el portapapeles.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>pasted photo</source>
        <translation>foto pegada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{photo} — Face Match</source>
        <translation>{photo} — Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Opening {photo} …</source>
        <translation>Abriendo {photo} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>No face was found in {photo}.</source>
        <translation>No se encontró ninguna cara en {photo}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Looking again …</source>
        <translation>Buscando otra vez …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Face {number} of {count} is the one you drew.</source>
        <translation>La cara {number} de {count} es la que dibujaste.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>This is face {number} of {count}, which had been found already.</source>
        <translation>Es la cara {number} de {count}, que ya se había encontrado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>No photo is open</source>
        <translation>No hay ninguna foto abierta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>Looking for faces …</source>
        <translation>Buscando caras …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{name}, score {score}</source>
        <translation>{name}, puntuación {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/presenter.py"/>
        <source>{photo} · {number} of {count}</source>
        <translation>{photo} · {number} de {count}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{n} faces in the gallery · {quality}</source>
        <translation>
            <numerusform>{n} cara en la galería · {quality}</numerusform>
            <numerusform>{n} caras en la galería · {quality}</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Type a name, or press Ctrl+I to stop ignoring it</source>
        <translation>Escribe un nombre; Ctrl+I deja de ignorarla</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>This face is ignored</source>
        <translation>Esta cara está ignorada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Who is this?</source>
        <translation>¿Quién es?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Could this be {name}?</source>
        <translation>¿Podría ser {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Is this {name}?</source>
        <translation>¿Es {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Too much alike to decide · {quality}</source>
        <translation>Se parecen demasiado para decidir · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{one} or {other}?</source>
        <translation>¿{one} o {other}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Below the threshold · score {score} · {quality}</source>
        <translation>Por debajo del umbral · puntuación {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Maybe {name}?</source>
        <translation>¿Quizá {name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Nobody is close · {quality}</source>
        <translation>Nadie se parece · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Probably someone new</source>
        <translation>Probablemente alguien nuevo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The photo’s metadata name {names}</source>
        <translation>Los metadatos de la foto nombran a {names}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The first face of your gallery · {quality}</source>
        <translation>La primera cara de tu galería · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Everyone was rejected for this face · {quality}</source>
        <translation>Se rechazaron todas las personas para esta cara · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The photos are many years apart · {quality}</source>
        <translation>Las fotos están separadas por muchos años · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{word} · score {score} · named in the photo’s metadata</source>
        <translation>{word} · puntuación {score} · según los metadatos de la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Unlikely · score {score} · the threshold is low</source>
        <translation>Improbable · puntuación {score} · el umbral es bajo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>The only person in the gallery · {quality}</source>
        <translation>La única persona de la galería · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>Not the best match · score {score} · {quality}</source>
        <translation>No es la mejor coincidencia · puntuación {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>{word} · score {score} · {quality}</source>
        <translation>{word} · puntuación {score} · {quality}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/question.py"/>
        <source>good quality</source>
        <translation>buena calidad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>&amp;Threshold</source>
        <translation>&amp;Umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Threshold value</source>
        <translation>Valor del umbral</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo/threshold_slider.py"/>
        <source>Scores from here on are marked as matches (Alt+T, then ← →). The model’s default: {default}</source>
        <translation>Las puntuaciones desde aquí cuentan como coincidencias (Alt+U, después ← →). Predeterminado del modelo: {default}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Show in file manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Locate file …</source>
        <translation>Localizar el archivo …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Search for missing photos in a folder …</source>
        <translation>Buscar fotos perdidas en una carpeta …</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Export {n} copies …</source>
        <translation>
            <numerusform>Exportar {n} copia …</numerusform>
            <numerusform>Exportar {n} copias …</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Export copies</source>
        <translation>Exportar copias</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>The gallery is encrypted, but the copies will not be.</source>
        <translation>La galería está cifrada, pero las copias no lo estarán.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Anyone who has the folder can see which photos you chose.</source>
        <translation>Quien tenga la carpeta podrá ver qué fotos elegiste.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Export unencrypted</source>
        <translation>Exportar sin cifrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Choose a folder for the copies, or make a new one</source>
        <translation>Elija una carpeta para las copias o cree una nueva</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Where is {file} now?</source>
        <translation>¿Dónde está {file} ahora?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/actions.py"/>
        <source>Search for missing photos in this folder and below</source>
        <translation>Buscar fotos perdidas en esta carpeta y las que contiene</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <source>File not found</source>
        <translation>Archivo no encontrado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <source>Unknown file</source>
        <translation>Archivo desconocido</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/cell.py"/>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} photos</source>
        <translation>
            <numerusform>{n} foto</numerusform>
            <numerusform>{n} fotos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Export copies …</source>
        <translation>Exportar copias …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/export_button.py"/>
        <source>Copy the selected photos, or all of them, into a folder (Ctrl+Shift+E)</source>
        <translation>Copiar las fotos elegidas, o todas, en una carpeta (Ctrl+Mayús+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Photos (arrow keys, Enter opens; Shift or Ctrl for several, Ctrl+A for all)</source>
        <translation>Fotos (flechas, Intro abre; Mayús o Ctrl para varias, Ctrl+A para todas)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>{text}: {n} photos</source>
        <translation>
            <numerusform>{text}: {n} foto</numerusform>
            <numerusform>{text}: {n} fotos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Unknown file.</source>
        <translation>Archivo desconocido.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>Undated.</source>
        <translation>Sin fecha.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/grid.py"/>
        <source>File not found.</source>
        <translation>Archivo no encontrado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <source>Undated</source>
        <translation>Sin fecha</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <source>MMMM yyyy</source>
        <translation>MMMM 'de' yyyy</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/rows.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>d MMMM yyyy</source>
        <translation>d 'de' MMMM 'de' yyyy</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/size_slider.py"/>
        <source>Size of the photos</source>
        <translation>Tamaño de las fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/photo_grid/size_slider.py"/>
        <source>Size of the photos (Ctrl + mouse wheel, + and −)</source>
        <translation>Tamaño de las fotos (Ctrl + rueda del ratón, + y −)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Undo: Ctrl+Z.</source>
        <translation>Deshacer: Ctrl+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The gallery has grown, so it now uses SQLite storage (gallery.sqlite). The file embeddings.json is kept as a backup.</source>
        <translation>La galería ha crecido y ahora usa SQLite (gallery.sqlite). El archivo embeddings.json se conserva como copia de seguridad.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Small faces in large photos are detected too. This takes longer.</source>
        <translation>También se buscan caras pequeñas en fotos grandes. Tarda más.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>In large photos, only larger faces are detected. This is faster.</source>
        <translation>En las fotos grandes solo se buscan caras más grandes. Es más rápido.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Drag a box around the face, or move this one with the arrow keys (Shift resizes) and press Enter. Escape cancels.</source>
        <translation>Dibuja un recuadro alrededor de la cara, o mueve este con las flechas (con Mayús cambia el tamaño) y pulsa Intro. Esc cancela.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The gallery is empty. Open a photo and name the face in it, or import a folder.</source>
        <translation>La galería está vacía. Abre una foto y pon nombre a la cara, o importa una carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No photos have been imported yet. Choose Import → Import a folder.</source>
        <translation>Aún no se han importado fotos. Elige Importar → Importar una carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This folder is the folder of the photos, or contains it. Choose another one for the copies.</source>
        <translation>Esta carpeta es la de las fotos o la contiene. Elige otra para las copias.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This is not done to a gallery on a server.</source>
        <translation>Esto no se hace con una galería en un servidor.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The server’s backups and logs may keep the data until they are deleted: ask its administrators.</source>
        <translation>Las copias y los registros del servidor pueden conservar los datos hasta que se borren: pregunte a sus administradores.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The photo was not found. Import its folder to find it again.</source>
        <translation>No se encontró la foto. Importa de nuevo su carpeta para encontrarla.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Faces cannot be saved, because no gallery is open for writing.</source>
        <translation>No se pueden guardar caras, porque no hay ninguna galería abierta para escribir.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>score {score}</source>
        <translation>puntuación {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is now {name} (was {before}).</source>
        <translation>Esta cara ahora es {name} (antes {before}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {name} as a new person.</source>
        <translation>Se añadió {name} como persona nueva.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added this face to {name}, who now has {n} faces.</source>
        <translation>
            <numerusform>Se añadió esta cara a {name}, que ahora tiene {n} cara.</numerusform>
            <numerusform>Se añadió esta cara a {name}, que ahora tiene {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>They do not look like {name}.</source>
        <translation>
            <numerusform>No se parece a {name}.</numerusform>
            <numerusform>No se parecen a {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {name} as a new person with {n} faces.</source>
        <translation>
            <numerusform>Se añadió {name} como persona nueva con {n} cara.</numerusform>
            <numerusform>Se añadió {name} como persona nueva con {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Added {n} faces to {name}, who now has {total}.</source>
        <translation>
            <numerusform>Se añadió {n} cara a {name}, que ahora tiene {total}.</numerusform>
            <numerusform>Se añadieron {n} caras a {name}, que ahora tiene {total}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} faces were not named: {name} is already in the same photo.</source>
        <translation>
            <numerusform>{n} cara quedó sin nombre: {name} ya está en la misma foto.</numerusform>
            <numerusform>{n} caras quedaron sin nombre: {name} ya está en la misma foto.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is no longer {name}, and that name will not be suggested for it again.</source>
        <translation>Esta cara ya no es {name}, y ese nombre no se volverá a sugerir para ella.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Maybe {name} (score {score}), but below the threshold.</source>
        <translation>Quizá {name} (puntuación {score}), pero por debajo del umbral.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Nobody in the gallery is close. Nearest: {name}.</source>
        <translation>Nadie de la galería se parece. La persona más cercana: {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face looks like {name}, but also like {rival}.</source>
        <translation>Esta cara se parece a {name}, pero también a {rival}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face does not look like {name} (score {score}, threshold {limit}).</source>
        <translation>Esta cara no se parece a {name} (puntuación {score}, umbral {limit}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The score is lower because this face also looks like {name}.</source>
        <translation>La puntuación es menor porque esta cara también se parece a {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The photo’s metadata name {name}.</source>
        <translation>Los metadatos de la foto nombran a {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Below the threshold, though {share} of such matches are correct.</source>
        <translation>Por debajo del umbral, aunque el {share} de estas coincidencias son correctas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{word}: {share} of such matches are correct.</source>
        <translation>{word}: el {share} de estas coincidencias son correctas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{word}, score {score}</source>
        <translation>{word}, puntuación {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Looks like {name} ({likeness}), who is already in this photo.</source>
        <translation>Se parece a {name} ({likeness}), que ya está en esta foto.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Name these {n} faces {name}? They look like {suggested} (very likely).</source>
        <translation>
            <numerusform>¿Llamar {name} a esta cara? Se parece a {suggested} (muy probable).</numerusform>
            <numerusform>¿Llamar {name} a estas {n} caras? Se parecen a {suggested} (muy probable).</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Next: {name} (score {score}).</source>
        <translation>Después: {name} (puntuación {score}).</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No matches: everyone in the gallery was rejected for this face.</source>
        <translation>Sin coincidencias: todas las personas de la galería se rechazaron para esta cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Choose a face in the photo to see its matches.</source>
        <translation>Elige una cara de la foto para ver sus coincidencias.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Matches for the face in the photo appear here.</source>
        <translation>Aquí aparecen las coincidencias de la cara de la foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Opening the gallery …</source>
        <translation>Abriendo la galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>No gallery is open</source>
        <translation>No hay ninguna galería abierta</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{named} of {n} faces named</source>
        <translation>
            <numerusform>{named} de {n} cara con nombre</numerusform>
            <numerusform>{named} de {n} caras con nombre</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · read-only</source>
        <translation>{people} · {faces} · solo lectura</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · shared on {server}</source>
        <translation>{people} · {faces} · compartida en {server}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} · {faces} · everything stays on this computer</source>
        <translation>{people} · {faces} · todo se queda en este equipo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Unexpected error ({error}). Saved data is not affected.</source>
        <translation>Error inesperado ({error}). Los datos guardados no se ven afectados.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>FaceNet’s weights are not installed. Choose Settings → Get FaceNet to download them.</source>
        <translation>Los pesos de FaceNet no están instalados. Elige Ajustes → Obtener FaceNet para descargarlos.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The model {model} is not there. Choose Settings → Models to add it again or to use another one.</source>
        <translation>El modelo {model} no está. Elige Ajustes → Modelos para volver a añadirlo o usar otro.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>The weights of {model} are damaged ({detail}). Choose Settings → Models to use another model.</source>
        <translation>Los pesos de {model} están dañados ({detail}). Elige Ajustes → Modelos para usar otro modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>This face is no longer in the gallery.</source>
        <translation>Esta cara ya no está en la galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>Galleries on servers need more packages. Install them with “{command}”.</source>
        <translation>Las galerías en servidores necesitan más paquetes. Instálelos con «{command}».</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>All {n} faces of {whom} will be moved to {name}, who will have {total}.</source>
        <translation>
            <numerusform>La cara de {whom} pasará a {name}, que tendrá {total}.</numerusform>
            <numerusform>Las {n} caras de {whom} pasarán a {name}, que tendrá {total}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{people} had no other faces and were removed from the gallery.</source>
        <translation>
            <numerusform>{people} no tenía otras caras y se quitó de la galería.</numerusform>
            <numerusform>{people} no tenían otras caras y se quitaron de la galería.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} others</source>
        <translation>
            <numerusform>{n} más</numerusform>
            <numerusform>{n} más</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{name} has this face of this photo twice.</source>
        <translation>{name} tiene dos veces esta cara de esta foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{name} has another face in this photo: a mirror, a collage or someone else.</source>
        <translation>{name} tiene otra cara en esta foto: un espejo, un collage u otra persona.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>{n} people</source>
        <translation>
            <numerusform>{n} persona</numerusform>
            <numerusform>{n} personas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/phrases.py"/>
        <source>{n} conflicts</source>
        <translation>
            <numerusform>{n} conflicto</numerusform>
            <numerusform>{n} conflictos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not added</source>
        <translation>Sin añadir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not written</source>
        <translation>Sin escribir</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not copied</source>
        <translation>Sin copiar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Not read</source>
        <translation>Sin leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Only in sidecars</source>
        <translation>Solo en archivos adjuntos</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces were embedded for this model.</source>
        <translation>
            <numerusform>Se calcularon los rasgos de {n} cara para este modelo.</numerusform>
            <numerusform>Se calcularon los rasgos de {n} caras para este modelo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces could not be embedded: they stay in the gallery, but are not matched under this model.</source>
        <translation>
            <numerusform>No se pudieron calcular los rasgos de {n} cara: sigue en la galería, pero no se compara con este modelo.</numerusform>
            <numerusform>No se pudieron calcular los rasgos de {n} caras: siguen en la galería, pero no se comparan con este modelo.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Added {faces} of {people}.</source>
        <translation>Se añadieron {faces} de {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>No faces were added.</source>
        <translation>No se añadió ninguna cara.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} faces were already in the gallery.</source>
        <translation>
            <numerusform>{n} cara ya estaba en la galería.</numerusform>
            <numerusform>{n} caras ya estaban en la galería.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names have no place in their photos and are kept as suggestions: {names}.</source>
        <translation>
            <numerusform>{n} nombre no tiene lugar en su foto y se conserva como sugerencia: {names}.</numerusform>
            <numerusform>{n} nombres no tienen lugar en sus fotos y se conservan como sugerencias: {names}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>And {count} more.</source>
        <translation>Y {count} más.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Unnamed faces in it: {count}.</source>
        <translation>Caras sin nombre en él: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Missing or damaged crops: {count}.</source>
        <translation>Recortes perdidos o dañados: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>It has the paths of your photos: keep it to yourself. To move, open the other gallery and choose Import → An archive of another gallery.</source>
        <translation>Contiene las rutas de tus fotos: no lo compartas. Para mover la galería, abre la otra y elige Importar → Archivo de otra galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{archive} contains {contents}.</source>
        <translation>{archive} contiene {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>New: {contents}.</source>
        <translation>Nuevas: {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>New unnamed faces: {count}.</source>
        <translation>Caras nuevas sin nombre: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Birth dates added: {count}.</source>
        <translation>Fechas de nacimiento añadidas: {count}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Names that will not be suggested any more were added for {n} faces.</source>
        <translation>
            <numerusform>Se añadieron nombres que ya no se sugerirán para {n} cara.</numerusform>
            <numerusform>Se añadieron nombres que ya no se sugerirán para {n} caras.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Paths of photos and conflicts in it that only an empty gallery takes: {count}.</source>
        <translation>Rutas de fotos y conflictos que solo acepta una galería vacía: {count}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>All of them were already in the gallery.</source>
        <translation>Todas estaban ya en la galería.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names conflict with the gallery. Choose People → Conflicts to decide.</source>
        <translation>
            <numerusform>{n} nombre entra en conflicto con la galería. Elige Personas → Conflictos para decidir.</numerusform>
            <numerusform>{n} nombres entran en conflicto con la galería. Elige Personas → Conflictos para decidir.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Wrote {n} names to photos and sidecars.</source>
        <translation>
            <numerusform>{n} nombre escrito en fotos y archivos adjuntos.</numerusform>
            <numerusform>{n} nombres escritos en fotos y archivos adjuntos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Wrote {n} names to XMP sidecars. The photos were not changed.</source>
        <translation>
            <numerusform>Se escribió {n} nombre en archivos XMP auxiliares. Las fotos no cambiaron.</numerusform>
            <numerusform>Se escribieron {n} nombres en archivos XMP auxiliares. Las fotos no cambiaron.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Removed {n} names, as in the gallery.</source>
        <translation>
            <numerusform>{n} nombre quitado, como en la galería.</numerusform>
            <numerusform>{n} nombres quitados, como en la galería.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} names were already there.</source>
        <translation>
            <numerusform>{n} nombre ya estaba allí.</numerusform>
            <numerusform>{n} nombres ya estaban allí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Rewrote {n} photos.</source>
        <translation>
            <numerusform>{n} foto reescrita.</numerusform>
            <numerusform>{n} fotos reescritas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>In {n} photos the metadata inside and beside them have different dates.</source>
        <translation>
            <numerusform>En {n} foto los metadatos de dentro y de fuera tienen fechas distintas.</numerusform>
            <numerusform>En {n} fotos los metadatos de dentro y de fuera tienen fechas distintas.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Nothing was written: no photo in {folder} has a named face.</source>
        <translation>No se escribió nada: ninguna foto de {folder} tiene una cara con nombre.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Skipped {n} faces from an earlier version, whose place in the photo is unknown.</source>
        <translation>
            <numerusform>Se omitió {n} cara de una versión anterior, cuyo lugar en la foto se desconoce.</numerusform>
            <numerusform>Se omitieron {n} caras de una versión anterior, cuyo lugar en la foto se desconoce.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} folders</source>
        <translation>
            <numerusform>{n} carpeta</numerusform>
            <numerusform>{n} carpetas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Copied {photos} into {folders} in {into}.</source>
        <translation>Copiado: {photos} en {folders} de {into}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{n} photos were already there.</source>
        <translation>
            <numerusform>{n} foto ya estaba allí.</numerusform>
            <numerusform>{n} fotos ya estaban allí.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Nothing was copied: no photo has a named face.</source>
        <translation>No se copió nada: ninguna foto tiene una cara con nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Stopped. Export again to resume.</source>
        <translation>Detenido. Exporta de nuevo para continuar.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} new unnamed faces</source>
        <translation>
            <numerusform>{n} cara nueva sin nombre</numerusform>
            <numerusform>{n} caras nuevas sin nombre</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned {done} of {photos}: {found}.</source>
        <translation>Examinadas {done} de {photos}: {found}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned {photos}: {found}.</source>
        <translation>Examinado: {photos}; {found}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Scanned before: {photos}.</source>
        <translation>Examinado antes: {photos}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>No face found in {photos}: {names}.</source>
        <translation>Sin ninguna cara, {photos}: {names}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>Stopped. The faces found so far are kept.</source>
        <translation>Detenido. Las caras encontradas hasta ahora se conservan.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Stopped.</source>
        <translation>Detenido.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/result_phrases.py"/>
        <source>{n} photos are left. Start again to resume.</source>
        <translation>
            <numerusform>Queda {n} foto. Inicia de nuevo para continuar.</numerusform>
            <numerusform>Quedan {n} fotos. Inicia de nuevo para continuar.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Join with another group of the same person (Ctrl+M, then choose that group)</source>
        <translation>Unir con otro grupo de la misma persona (Ctrl+M, y después elige ese grupo)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ctrl M</source>
        <translation>Ctrl M</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Go to the next group (Page Down)</source>
        <translation>Ir al grupo siguiente (AvPág)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>PgDn</source>
        <translation>AvPág</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ignore these faces from now on (Ctrl+I)</source>
        <translation>Ignorar estas caras desde ahora (Ctrl+I)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ctrl I</source>
        <translation>Ctrl I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove from group</source>
        <translation>Quitar del grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Remove the selected faces from the group (Delete)</source>
        <translation>Quitar del grupo las caras elegidas (Supr)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Different people</source>
        <translation>Personas distintas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>They are not the same person: do not ask about them again (Delete)</source>
        <translation>No son la misma persona: no volver a preguntar por ellas (Supr)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Same as another group …</source>
        <translation>Unir con otro grupo …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Same as …</source>
        <translation>Unir …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Skip</source>
        <translation>Saltar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/actions_bar.py"/>
        <source>Ignore</source>
        <translation>Ignorar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>See the people</source>
        <translation>Ver las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Show the people (Ctrl+P)</source>
        <translation>Mostrar las personas (Ctrl+P)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Ctrl P</source>
        <translation>Ctrl P</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Scan a folder of photos for faces (Ctrl+Shift+O)</source>
        <translation>Buscar caras en una carpeta de fotos (Ctrl+Mayús+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Show the photos in which no face was found (Ctrl+3)</source>
        <translation>Mostrar las fotos en las que no se encontró ninguna cara (Ctrl+3)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Scanning photos</source>
        <translation>Examinando fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Faces appear here as they are found.</source>
        <translation>Las caras aparecen aquí a medida que se encuentran.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No face is left to name</source>
        <translation>No quedan caras por nombrar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No unnamed faces</source>
        <translation>No hay caras sin nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Import a folder of photos, or drop one here: the faces in it are grouped by person.</source>
        <translation>Importa una carpeta de fotos o suéltala aquí: las caras se agrupan por persona.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>Import another folder</source>
        <translation>Importar otra carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Import a folder</source>
        <translation>Importar una carpeta</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/done_view.py"/>
        <source>No face was found in {n} photos …</source>
        <translation>
            <numerusform>No se encontró ninguna cara en una foto …</numerusform>
            <numerusform>No se encontró ninguna cara en {n} fotos …</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Why this person</source>
        <translation>Por qué esta persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>The suggestion is wrong: it is not made again for these faces (X)</source>
        <translation>La sugerencia es errónea: no se volverá a hacer para estas caras (X)</translation>
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
        <translation>Calidad: {reasons}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>The threshold is low.</source>
        <translation>El umbral es bajo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Most similar faces of the person</source>
        <translation>Caras más parecidas de la persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/explanation.py"/>
        <source>Similarities: {similarities}</source>
        <translation>Similitudes: {similarities}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Not this person</source>
        <translation>No es esta persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Ctrl+I</source>
        <translation>Ctrl+I</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Show the whole photo</source>
        <translation>Mostrar la foto entera</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>Open the photo</source>
        <translation>Abrir la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_menu.py"/>
        <source>What can be done with the faces</source>
        <translation>Qué se puede hacer con las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_size.py"/>
        <source>Size of the faces</source>
        <translation>Tamaño de las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/face_size.py"/>
        <source>Size of the faces (Ctrl++, Ctrl+−; Ctrl + mouse wheel)</source>
        <translation>Tamaño de las caras (Ctrl++, Ctrl+−; Ctrl + rueda del ratón)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Faces of this group</source>
        <translation>Caras de este grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>A click selects a face, with Ctrl or Shift several; × leaves one out. Or use the arrow keys</source>
        <translation>Un clic selecciona una cara, con Ctrl o Mayús varias; × deja una fuera. O use las flechas</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Face {row} of {n}.</source>
        <translation>
            <numerusform>Cara {row} de {n}.</numerusform>
            <numerusform>Cara {row} de {n}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Left out.</source>
        <translation>Queda fuera.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/faces_grid.py"/>
        <source>Similarity {similarity}.</source>
        <translation>Similitud {similarity}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Are these the same person?</source>
        <translation>¿Son la misma persona?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Same as which?</source>
        <translation>¿Con cuál unir?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Go to the other group of this person and press Enter. Escape cancels.</source>
        <translation>Ve al otro grupo de esta persona y pulsa Intro. Esc cancela.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>New suggestion.</source>
        <translation>Nueva sugerencia.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Maybe: the photos are more than ten years apart, and {name} was a child, or may have been.</source>
        <translation>Quizá: las fotos están separadas por más de diez años, y {name} estaba en la infancia, o puede que lo estuviera.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces like no other. Click one, or several with Ctrl.</source>
        <translation>
            <numerusform>{n} cara que no se parece a ninguna otra.</numerusform>
            <numerusform>{n} caras sueltas. Haga clic en una, o en varias con Ctrl.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces that look like {name}. Click × to leave one out.</source>
        <translation>
            <numerusform>{n} cara que se parece a {name}.</numerusform>
            <numerusform>{n} caras que se parecen a {name}. Con × se deja una fuera.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>They may be. Type the name of both, or click × on the wrong face.</source>
        <translation>Puede ser. Escriba el nombre de ambas o haga clic en × en la cara equivocada.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces that look alike. Click × to leave one out.</source>
        <translation>
            <numerusform>{n} cara.</numerusform>
            <numerusform>{n} caras que se parecen. Con × se deja una fuera.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Type a name, or go on: the faces stay unnamed.</source>
        <translation>
            <numerusform>Escriba un nombre o siga: la cara queda sin nombre.</numerusform>
            <numerusform>Escriba un nombre o siga: las caras quedan sin nombre.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>The metadata of {named} of the {photos} photos name {name}.</source>
        <translation>Los metadatos de {named} de las {photos} fotos nombran a {name}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>The metadata of all {n} photos name {name}.</source>
        <translation>
            <numerusform>Los metadatos de la foto nombran a {name}.</numerusform>
            <numerusform>Los metadatos de las {n} fotos nombran a {name}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>A new person.</source>
        <translation>Una persona nueva.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} faces are left out. Click × again to take them in.</source>
        <translation>
            <numerusform>Se deja fuera {n} cara. Vuelva a hacer clic en × para incluirla.</numerusform>
            <numerusform>Se dejan fuera {n} caras. Vuelva a hacer clic en × para incluirlas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{selected} of {n} faces selected. Press Escape for all.</source>
        <translation>
            <numerusform>{selected} de {n} cara seleccionada. Escape las elige todas.</numerusform>
            <numerusform>{selected} de {n} caras seleccionadas. Escape las elige todas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{selected} of {n} faces selected. Press Escape for one.</source>
        <translation>
            <numerusform>{selected} de {n} cara seleccionada. Escape deja solo una.</numerusform>
            <numerusform>{selected} de {n} caras seleccionadas. Escape deja solo una.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{name}?</source>
        <translation>¿{name}?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Maybe the same</source>
        <translation>Quizá la misma</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Single faces</source>
        <translation>Caras sueltas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · named in metadata</source>
        <translation>{faces} · según los metadatos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · maybe</source>
        <translation>{faces} · quizá</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · score {score}</source>
        <translation>{faces} · puntuación {score}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} · low threshold</source>
        <translation>{faces} · umbral bajo</translation>
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
            <numerusform>Juntando {n} cara …</numerusform>
            <numerusform>Juntando {n} caras …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{n} groups</source>
        <translation>
            <numerusform>{n} grupo</numerusform>
            <numerusform>{n} grupos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Name {n} faces</source>
        <translation>
            <numerusform>Nombrar {n} cara</numerusform>
            <numerusform>Nombrar {n} caras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Confirm {n} faces</source>
        <translation>
            <numerusform>Confirmar {n} cara</numerusform>
            <numerusform>Confirmar {n} caras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>Ignore {n} faces</source>
        <translation>
            <numerusform>Ignorar {n} cara</numerusform>
            <numerusform>Ignorar {n} caras</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/group_phrases.py"/>
        <source>{faces} named, {people}.</source>
        <translation>Con nombre: {faces}, {people}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>Groups of faces</source>
        <translation>Grupos de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>Groups of unnamed faces (Page Up, Page Down)</source>
        <translation>Grupos de caras sin nombre (RePág, AvPág)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_list.py"/>
        <source>{title} {details}</source>
        <translation>{title} {details}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>Number of groups</source>
        <translation>Número de grupos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>Show the faces that were found while you typed</source>
        <translation>Mostrar las caras encontradas mientras escribías</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/review/groups_panel.py"/>
        <source>{n} new</source>
        <translation>
            <numerusform>{n} nuevo</numerusform>
            <numerusform>{n} nuevos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/middle.py"/>
        <source>Opening {name} …</source>
        <translation>Abriendo {name} …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/page.py"/>
        <source>Same person</source>
        <translation>La misma persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Name of the person (just type; Enter names the faces, Escape cancels)</source>
        <translation>Nombre de la persona (solo escribe; Intro pone el nombre, Esc cancela)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Name the faces, or confirm the suggestion (Enter)</source>
        <translation>Poner nombre a las caras, o confirmar la sugerencia (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>What can be done</source>
        <translation>Qué se puede hacer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Show the whole photo, or the group again (Space)</source>
        <translation>Mostrar la foto entera, o de nuevo el grupo (Espacio)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Someone else? Type the name</source>
        <translation>¿Otra persona? Escribe el nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/review/question_bar.py"/>
        <source>Type the name</source>
        <translation>Escribe el nombre</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>State of the gallery</source>
        <translation>Estado de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Tr&amp;y again</source>
        <translation>&amp;Volver a intentar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Close (Escape)</source>
        <translation>Cerrar (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Open the gallery again (Alt+Y)</source>
        <translation>Abrir de nuevo la galería (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>Read-only: another Face Match has this gallery open ({holder}). You can look at everything.</source>
        <translation>Solo lectura: otro Face Match tiene abierta esta galería ({holder}). Puedes verlo todo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>Read-only: the folder {folder} cannot be written ({reason}). You can look at everything.</source>
        <translation>Solo lectura: no se puede escribir en la carpeta {folder} ({reason}). Puedes verlo todo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>This gallery is read-only. You can look at everything.</source>
        <translation>Esta galería es de solo lectura. Puedes verlo todo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/banner.py"/>
        <source>This gallery is read-only. {reason}</source>
        <translation>Esta galería es de solo lectura. {reason}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>&amp;Restore this backup</source>
        <translation>&amp;Restaurar esta copia</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Put the gallery back to this backup (Alt+R)</source>
        <translation>Devolver la galería a esta copia de seguridad (Alt+R)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>&amp;Other backups …</source>
        <translation>&amp;Otras copias …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Choose another backup (Alt+O)</source>
        <translation>Elegir otra copia de seguridad (Alt+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Try &amp;again</source>
        <translation>Volver a in&amp;tentar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Open the gallery again (Alt+A)</source>
        <translation>Abrir de nuevo la galería (Alt+T)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Show the &amp;folder</source>
        <translation>&amp;Mostrar la carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Open the gallery’s folder in the file manager (Alt+F)</source>
        <translation>Abrir la carpeta de la galería en el gestor de archivos (Alt+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery needs a newer Face Match.</source>
        <translation>Esta galería necesita un Face Match más reciente.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery cannot be read now.</source>
        <translation>Ahora no se puede leer esta galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>This gallery cannot be read.</source>
        <translation>Esta galería no se puede leer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Newest good backup</source>
        <translation>Copia de seguridad buena más reciente</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>There is no backup that can be read.</source>
        <translation>No hay ninguna copia de seguridad legible.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>Reading the backup …</source>
        <translation>Leyendo la copia de seguridad …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/damaged.py"/>
        <source>The file {file} is damaged: {reason}. It was not changed, and restoring keeps it beside the restored one. Your photos and the crops of the faces are not affected.</source>
        <translation>El archivo {file} está dañado: {reason}. No se modificó, y al restaurar se conserva junto al restaurado. Tus fotos y los recortes de las caras no se ven afectados.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Import a folder of photos</source>
        <translation>Importar una carpeta de fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>&amp;Name them</source>
        <translation>Poner &amp;nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The import of “{first}” and “{second}” was interrupted.</source>
        <translation>La importación de «{first}» y «{second}» se interrumpió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The import of “{folder}” was interrupted.</source>
        <translation>La importación de «{folder}» se interrumpió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Resume</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Where is “{folder}” now?</source>
        <translation>¿Dónde está «{folder}» ahora?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>The folder {path} was not found. It may have been moved.</source>
        <translation>No se encontró la carpeta {path}. Quizá se movió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>&amp;Locate …</source>
        <translation>&amp;Buscar …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>Every face has a name.</source>
        <translation>Todas las caras tienen nombre.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/shell/folder_import.py"/>
        <source>{n} groups wait for a name.</source>
        <translation>
            <numerusform>{n} grupo espera un nombre.</numerusform>
            <numerusform>{n} grupos esperan un nombre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>{n} other files and folders among the gallery’s are not encrypted.</source>
        <translation>
            <numerusform>{n} archivo o carpeta ajeno entre los de la galería no está cifrado.</numerusform>
            <numerusform>{n} archivos y carpetas ajenos entre los de la galería no están cifrados.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>&amp;List them</source>
        <translation>&amp;Mostrar lista</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>List what is not encrypted (Alt+L)</source>
        <translation>Mostrar lo que no está cifrado (Alt+M)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>Face Match did not create these, so they are not encrypted:</source>
        <translation>Face Match no creó estos archivos; por eso no están cifrados:</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/gallery_states.py"/>
        <source>The server is away. You can look at what is loaded; changes are not made until it is back.</source>
        <translation>No se puede conectar con el servidor. Puede ver lo que está cargado; no se harán cambios hasta que vuelva.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlock</source>
        <translation>Desbloquear</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlock the gallery (Enter)</source>
        <translation>Desbloquear la galería (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Show the passphrase (Alt+V)</source>
        <translation>Mostrar la frase de contraseña (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Unlocking …</source>
        <translation>Desbloqueando …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>This gallery is locked.</source>
        <translation>Esta galería está bloqueada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>The passphrase of this gallery (Enter unlocks it)</source>
        <translation>La frase de contraseña de esta galería (Intro desbloquea)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>Type its passphrase to see its people. Nothing is sent anywhere.</source>
        <translation>Escribe su frase de contraseña para ver a sus personas. No se envía nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>This passphrase is wrong. Try again.</source>
        <translation>Esta frase de contraseña es incorrecta. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <source>It opens with the key in the system’s keyring.</source>
        <translation>Se abre con la clave del llavero del sistema.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/locked.py"/>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Try again</source>
        <translation>Volver a intentar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>The gallery’s folder is gone or empty.</source>
        <translation>La carpeta de la galería no está o está vacía.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>It may have been moved or renamed, or its drive is not connected. Nothing was changed.</source>
        <translation>Quizá se movió o cambió de nombre, o su unidad no está conectada. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>The folder</source>
        <translation>La carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Choose where the folder is now (Alt+L)</source>
        <translation>Elegir dónde está ahora la carpeta (Alt+B)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Look for the folder again (Alt+A)</source>
        <translation>Volver a mirar si está la carpeta (Alt+T)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>&amp;New gallery here</source>
        <translation>&amp;Nueva galería aquí</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Begin an empty gallery in this place (Alt+N)</source>
        <translation>Empezar aquí una galería vacía (Alt+N)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/missing_folder.py"/>
        <source>Where is the gallery’s folder?</source>
        <translation>¿Dónde está la carpeta de la galería?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Ignored</source>
        <translation>Ignoradas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/navigation.py"/>
        <source>The pages of the window: arrow keys choose one</source>
        <translation>Las páginas de la ventana: las flechas eligen una</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Connect and open the gallery (Enter)</source>
        <translation>Conectar y abrir la galería (Intro)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Show the password (Alt+V)</source>
        <translation>Mostrar la contraseña (Alt+V)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Your password on the server (Enter opens the gallery)</source>
        <translation>Su contraseña en el servidor (Intro abre la galería)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Open &amp;another gallery …</source>
        <translation>&amp;Abrir otra galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Leave this one for now (Alt+A)</source>
        <translation>Dejar esta por ahora (Alt+A)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The server asks for your password.</source>
        <translation>El servidor pide su contraseña.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Gallery {name}</source>
        <translation>Galería {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The server is away.</source>
        <translation>El servidor no está disponible.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>The gallery on the server did not open.</source>
        <translation>La galería en el servidor no se abrió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/server_page.py"/>
        <source>Nothing was changed. Saved data is on the server.</source>
        <translation>No se cambió nada. Lo guardado está en el servidor.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Open photo</source>
        <translation>Abrir foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open photos (Ctrl+O)</source>
        <translation>Abrir fotos (Ctrl+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Import folder</source>
        <translation>Importar carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Import a folder: scan its photos for faces (Ctrl+Shift+O)</source>
        <translation>Importar una carpeta: buscar caras en sus fotos (Ctrl+Mayús+O)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Undo the last change (Ctrl+Z)</source>
        <translation>Deshacer el último cambio (Ctrl+Z)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Redo what was undone (Ctrl+Shift+Z)</source>
        <translation>Rehacer lo deshecho (Ctrl+Mayús+Z)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search people, or “Ada and Grace”</source>
        <translation>Buscar personas, o «Ada y Grace»</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Search by name. “Ada and Grace”, “Ada without Grace” and “only Ada” find photos. (Ctrl+F)</source>
        <translation>Buscar por nombre. «Ada y Grace», «Ada sin Grace» y «solo Ada» encuentran fotos. (Ctrl+F)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Clear the search</source>
        <translation>Vaciar la búsqueda</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/toolbar.py"/>
        <source>Clear the search (Escape)</source>
        <translation>Vaciar la búsqueda (Esc)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Who is in your photos?</source>
        <translation>¿Quién sale en tus fotos?</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open a photo and name the faces in it, or import a folder and name everyone in it, a group at a time. Nothing leaves this computer.</source>
        <translation>Abre una foto y pon nombre a sus caras, o importa una carpeta y pon nombre a todos, grupo a grupo. Nada sale de este equipo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open a photo</source>
        <translation>Abrir una foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Try it with two example photos</source>
        <translation>Probar con dos fotos de ejemplo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>Open two portraits that come with the program</source>
        <translation>Abrir dos retratos incluidos en el programa</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/welcome.py"/>
        <source>You can also drop photos and folders anywhere in this window.</source>
        <translation>También puedes soltar fotos y carpetas en cualquier parte de esta ventana.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/working.py"/>
        <source>Everyone is back as soon as this is done.</source>
        <translation>Todas las personas vuelven en cuanto termine.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/shell/working.py"/>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Progress</source>
        <translation>Progreso</translation>
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
        <translation>incluido (dlib)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>not for commercial use</source>
        <translation>sin uso comercial</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>In use</source>
        <translation>En uso</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Installed</source>
        <translation>Instalado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Available to download</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. Nothing was added.</source>
        <translation>Detenido. No se añadió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Testing {name}</source>
        <translation>Probando {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Adding {name}</source>
        <translation>Añadiendo {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Downloading {name}</source>
        <translation>Descargando {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>This model is in use. Switch to another one before you remove it.</source>
        <translation>Este modelo está en uso. Cambia a otro antes de quitarlo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>{title} was removed. Its embeddings stay in the gallery.</source>
        <translation>{title} se quitó. Los rasgos calculados con él siguen en la galería.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>{title} was added. Choose “Use” to switch to it.</source>
        <translation>{title} se añadió. Elige «Usar» para cambiar a este modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces in {dimensions} dimensions</source>
        <translation>reconoce caras ({dimensions} rasgos)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>detects faces</source>
        <translation>detecta caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Available to download.</source>
        <translation>Disponible para descargar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Included with the program.</source>
        <translation>Incluido en el programa.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Pixels: {range}, {colour}.</source>
        <translation>Píxeles: {range}, {colour}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Tested: {checks}.</source>
        <translation>Probado: {checks}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>Source: {source}.</source>
        <translation>Origen: {source}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>By {by}. “Download” gets it from {url} (an address that we have not tested), checks its SHA-256 and tests it on a face.</source>
        <translation>De {by}. «Descargar» lo obtiene de {url} (una dirección que no hemos probado), comprueba su SHA-256 y lo prueba con una cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>detects faces ({title})</source>
        <translation>detecta caras ({title})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces ({title})</source>
        <translation>reconoce caras ({title})</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/added_models.py"/>
        <source>embeds faces in {dimensions} dimensions ({title})</source>
        <translation>reconoce caras ({title}, {dimensions} rasgos)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the folder name: {name}</source>
        <translation>En el nombre de la carpeta: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the file: {name}</source>
        <translation>En el archivo: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>In the archive: {name}</source>
        <translation>En el archivo comprimido: {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>ignored</source>
        <translation>ignorada</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>not {name}</source>
        <translation>no es {name}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>Used the names from files for {n} conflicts.</source>
        <translation>
            <numerusform>Se usaron los nombres de los archivos en {n} conflicto.</numerusform>
            <numerusform>Se usaron los nombres de los archivos en {n} conflictos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/conflicts.py"/>
        <source>Kept your names for {n} conflicts.</source>
        <translation>
            <numerusform>Se conservaron tus nombres en {n} conflicto.</numerusform>
            <numerusform>Se conservaron tus nombres en {n} conflictos.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>Not {who}: that name will not be suggested for this face.</source>
        <translation>No es {who}: ese nombre no se volverá a sugerir para esta cara.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>This face is no longer ignored. Undo: Ctrl+Z.</source>
        <translation>Esta cara ya no se ignora. Deshacer: Ctrl+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/face_edits.py"/>
        <source>Ignored this face. Undo: Ctrl+Z.</source>
        <translation>Esta cara se ignora. Deshacer: Ctrl+Z.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Face Match gallery</source>
        <translation>Galería de Face Match</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The gallery is in {folder} now.</source>
        <translation>La galería está ahora en {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Left in the old folder: {files}.</source>
        <translation>Queda en la carpeta antigua: {files}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Moving the gallery</source>
        <translation>Moviendo la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Stopped. The gallery is where it was.</source>
        <translation>Detenido. La galería está donde estaba.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The gallery was moved to {new}. What was left of it in {old} is removed now.</source>
        <translation>La galería se movió a {new}. Lo que quedaba de ella en {old} se ha eliminado ahora.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The move of the gallery to {new} was interrupted. The gallery is still in {old}.</source>
        <translation>El traslado de la galería a {new} se interrumpió. La galería sigue en {old}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>The move of the gallery was interrupted, and there are two now: the one in {meant} is used. The one in {other} was changed since, and stays.</source>
        <translation>El traslado de la galería se interrumpió y ahora hay dos: se usa la de {meant}. La de {other} se modificó después y se conserva.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/gallery_places.py"/>
        <source>Ending a move of the gallery</source>
        <translation>Terminando el traslado de la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Encrypting</source>
        <translation>Cifrando</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Decrypting</source>
        <translation>Descifrando</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nobody can read it without the passphrase.</source>
        <translation>Nadie puede leerla sin la frase de contraseña.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nobody can read it without your keyring.</source>
        <translation>Nadie puede leerla sin tu llavero.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Damaged and not changed: {files}.</source>
        <translation>Dañados y sin cambios: {files}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleted for good: {faces}, {crops}.</source>
        <translation>Borrado para siempre: {faces}, {crops}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>{n} crops</source>
        <translation>
            <numerusform>{n} recorte</numerusform>
            <numerusform>{n} recortes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Nothing has changed since the last backup.</source>
        <translation>Nada ha cambiado desde la última copia de seguridad.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup made: {contents}.</source>
        <translation>Copia de seguridad hecha: {contents}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Checking the gallery</source>
        <translation>Comprobando la galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup restored. The records that could not be read are kept as {name}.</source>
        <translation>Copia de seguridad restaurada. Los datos que no se pudieron leer se conservan como {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Backup restored.</source>
        <translation>Copia de seguridad restaurada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Restoring the backup</source>
        <translation>Restaurando la copia de seguridad</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery now uses {name}. The previous records are kept as a backup.</source>
        <translation>La galería usa ahora {name}. Los datos anteriores se conservan como copia de seguridad.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Changing the storage</source>
        <translation>Cambiando el almacenamiento</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Not everything of this person could be deleted. Left in: {files}</source>
        <translation>No se pudo eliminar todo lo de esta persona. Queda en: {files}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleted for good: {faces}, {crops}, and entries in {files}. The gallery’s folder was searched: nothing of this person is left.</source>
        <translation>Eliminado definitivamente: {faces}, {crops} y entradas en {files}. Se examinó la carpeta de la galería: no queda nada de esta persona.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleting a person</source>
        <translation>Eliminando a una persona</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. Nothing was deleted.</source>
        <translation>Detenido. No se eliminó nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is empty.</source>
        <translation>La galería está vacía.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is empty. Files that are not the gallery’s were left: {files}</source>
        <translation>La galería está vacía. Se han dejado los archivos que no son de la galería: {files}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Deleting all people</source>
        <translation>Eliminando a todas las personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is encrypted.</source>
        <translation>La galería está cifrada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Your photos themselves stay as they are.</source>
        <translation>Tus fotos en sí quedan como están.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. The gallery is partly encrypted. Choose Backup &amp; privacy → Finish encrypting to resume.</source>
        <translation>Detenido. La galería está cifrada en parte. Elige Copia y privacidad → Terminar de cifrar para continuar.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The gallery is no longer encrypted ({n} files).</source>
        <translation>
            <numerusform>La galería ya no está cifrada ({n} archivo).</numerusform>
            <numerusform>La galería ya no está cifrada ({n} archivos).</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Stopped. The gallery is partly encrypted. Choose Backup &amp; privacy → Decrypt to resume.</source>
        <translation>Detenido. La galería está cifrada en parte. Elige Copia y privacidad → Descifrar para continuar.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The passphrase was changed. Earlier copies of the gallery still open with the keyring.</source>
        <translation>La frase de contraseña se cambió. Las copias anteriores de la galería aún se abren con el llavero.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>The passphrase was changed. Earlier copies of the gallery still open with the old one.</source>
        <translation>La frase de contraseña se cambió. Las copias anteriores de la galería aún se abren con la antigua.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/maintenance.py"/>
        <source>Changing the passphrase</source>
        <translation>Cambiando la frase de contraseña</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Stopped. The next download resumes where it stopped.</source>
        <translation>Detenido. La próxima descarga continúa donde se detuvo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Open a gallery before you change the model.</source>
        <translation>Abre una galería antes de cambiar el modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>{title} now detects the faces.</source>
        <translation>Ahora {title} detecta las caras.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>{title} was downloaded.</source>
        <translation>{title} se descargó.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Downloading {title}</source>
        <translation>Descargando {title}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Loading the model</source>
        <translation>Cargando el modelo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Embedding faces</source>
        <translation>Calculando los rasgos de las caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/model_in_use.py"/>
        <source>Stopped. The model was not changed.</source>
        <translation>Detenido. El modelo no cambió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/open_gallery.py"/>
        <source>Nothing was changed.</source>
        <translation>No se cambió nada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/open_gallery.py"/>
        <source>Another task is using the gallery. Wait until it is finished, or cancel it.</source>
        <translation>Otra tarea está usando la galería. Espera a que termine o cancélala.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Renamed {before} to {after}.</source>
        <translation>{before} ahora se llama {after}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Merged {people} into {name}, who now has {n} faces.</source>
        <translation>
            <numerusform>{people} se combinó con {name}, que ahora tiene {n} cara.</numerusform>
            <numerusform>{people} se combinó con {name}, que ahora tiene {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Moved {n} faces to {name}, who now has {total}.</source>
        <translation>
            <numerusform>{n} cara pasó a {name}, que ahora tiene {total}.</numerusform>
            <numerusform>{n} caras pasaron a {name}, que ahora tiene {total}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Deleted {people}.</source>
        <translation>Eliminado: {people}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>{n} faces are unnamed now.</source>
        <translation>
            <numerusform>{n} cara queda ahora sin nombre.</numerusform>
            <numerusform>{n} caras quedan ahora sin nombre.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Cover photo set for {name}.</source>
        <translation>Portada de {name} elegida.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Birth date removed for {name}.</source>
        <translation>Fecha de nacimiento de {name} quitada.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Birth date set for {name}: {date}.</source>
        <translation>Fecha de nacimiento de {name}: {date}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Removed {n} faces from {people}. They are unnamed now.</source>
        <translation>
            <numerusform>Se quitó {n} cara de {people}. Ahora no tiene nombre.</numerusform>
            <numerusform>Se quitaron {n} caras de {people}. Ahora no tienen nombre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Removed {n} near-duplicates of {people}.</source>
        <translation>
            <numerusform>Se quitó {n} cara casi idéntica de {people}.</numerusform>
            <numerusform>Se quitaron {n} caras casi idénticas de {people}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/people_edits.py"/>
        <source>Nothing was changed: the faces have no name any more.</source>
        <translation>No se cambió nada: las caras ya no tienen nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Copying photos</source>
        <translation>Copiando fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No photo was copied.</source>
        <translation>Detenido. No se copió ninguna foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{file} is another photo.</source>
        <translation>{file} es otra foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Searching for photos</source>
        <translation>Buscando fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Stopped. No photo was found.</source>
        <translation>Detenido. No se encontró ninguna foto.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Copied {n} photos into {folder}.</source>
        <translation>
            <numerusform>Se copió {n} foto en {folder}.</numerusform>
            <numerusform>Se copiaron {n} fotos en {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>No photo is missing.</source>
        <translation>No falta ninguna foto.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>Found {n} photos.</source>
        <translation>
            <numerusform>Se encontró {n} foto.</numerusform>
            <numerusform>Se encontraron {n} fotos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/photo_files.py"/>
        <source>{n} photos are still missing.</source>
        <translation>
            <numerusform>Aún falta {n} foto.</numerusform>
            <numerusform>Aún faltan {n} fotos.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_queue.py"/>
        <source>There are no photos in that folder.</source>
        <translation>No hay fotos en esa carpeta.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/photo_turn.py"/>
        <source>Photo turned. Its file is unchanged.</source>
        <translation>Foto girada. El archivo no cambia.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/server_password.py"/>
        <source>The password is right, but the system’s keyring did not keep it.</source>
        <translation>La contraseña es correcta, pero el llavero del sistema no la ha guardado.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting</source>
        <translation>Exportando</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No archive was written.</source>
        <translation>Detenido. No se escribió ningún archivo comprimido.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing</source>
        <translation>Importando</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. The gallery was not changed.</source>
        <translation>Detenido. La galería no cambió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>{file} contains {faces} of {photos}.</source>
        <translation>{file} contiene {faces} de {photos}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting the face list</source>
        <translation>Exportando la lista de caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No list was written.</source>
        <translation>Detenido. No se escribió ninguna lista.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Exporting photos</source>
        <translation>Exportando fotos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Writing names</source>
        <translation>Escribiendo nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Stopped. No name was written.</source>
        <translation>Detenido. No se escribió ningún nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>No names for photos were found in {folder}.</source>
        <translation>No se encontraron nombres para fotos en {folder}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing names</source>
        <translation>Importando nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>{folder} has no subfolders with photos. Put the photos of each person into a subfolder with the person’s name.</source>
        <translation>{folder} no tiene subcarpetas con fotos. Pon las fotos de cada persona en una subcarpeta con su nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/transfers.py"/>
        <source>Importing people</source>
        <translation>Importando personas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Another folder is being scanned. Wait until it is finished, or cancel it.</source>
        <translation>Se está examinando otra carpeta. Espera a que termine o cancélala.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Removed {n} faces from the group.</source>
        <translation>
            <numerusform>Se quitó {n} cara del grupo.</numerusform>
            <numerusform>Se quitaron {n} caras del grupo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Not {name}: that name will not be suggested for {n} faces.</source>
        <translation>
            <numerusform>No es {name}: ese nombre no se sugerirá para {n} cara.</numerusform>
            <numerusform>No es {name}: ese nombre no se sugerirá para {n} caras.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Removed {n} faces from the group: {name} will not be suggested for them again.</source>
        <translation>
            <numerusform>Se quitó {n} cara del grupo: {name} no se volverá a sugerir para ella.</numerusform>
            <numerusform>Se quitaron {n} caras del grupo: {name} no se volverá a sugerir para ellas.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Merged {faces} into one group.</source>
        <translation>Se juntaron {faces} en un grupo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>Ignored {faces}.</source>
        <translation>Ignorado: {faces}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../../face_match/gui/state/unnamed_faces.py"/>
        <source>{n} faces are shown again.</source>
        <translation>
            <numerusform>{n} cara se vuelve a mostrar.</numerusform>
            <numerusform>{n} caras se vuelven a mostrar.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>added {faces} to {person}</source>
        <translation>añadir {faces} a {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>moved {faces} from {people} to {person}</source>
        <translation>mover {faces} de {people} a {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>moved {faces} to {person}</source>
        <translation>mover {faces} a {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed a drawn box</source>
        <translation>quitar un recuadro dibujado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces} from a group</source>
        <translation>quitar {faces} de un grupo</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces} of {people}</source>
        <translation>quitar {faces} de {people}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed {faces}</source>
        <translation>quitar {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>rejected {person} for {faces}</source>
        <translation>descartar a {person} para {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>renamed {person} to {other}</source>
        <translation>cambiar el nombre de {person} a {other}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>merged {people} into {person}</source>
        <translation>combinar a {people} con {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>deleted {people}</source>
        <translation>eliminar a {people}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>set the cover photo of {person}</source>
        <translation>elegir la portada de {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>set the birth date of {person} to {date}</source>
        <translation>poner a {person} la fecha de nacimiento {date}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>removed the birth date of {person}</source>
        <translation>quitar la fecha de nacimiento de {person}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>turned a photo</source>
        <translation>girar una foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>ignored {faces}</source>
        <translation>ignorar {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>stopped ignoring {faces}</source>
        <translation>dejar de ignorar {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>grouped {faces}</source>
        <translation>agrupar {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>used the names from files in {conflicts}</source>
        <translation>usar los nombres de los archivos en {conflicts}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>kept the current names in {conflicts}</source>
        <translation>conservar los nombres propios en {conflicts}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported {faces} from another gallery</source>
        <translation>importar {faces} de otra galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported birth dates from another gallery</source>
        <translation>importar fechas de nacimiento de otra galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported rejected names from another gallery</source>
        <translation>importar nombres rechazados de otra galería</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported {faces}</source>
        <translation>importar {faces}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported faces</source>
        <translation>importar caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>imported names of people in photos</source>
        <translation>nombres de personas en fotos importados</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>restored the backup {backup}</source>
        <translation>restaurar la copia de seguridad {backup}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>Undid: {step}.</source>
        <translation>Deshecho: {step}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>There is nothing to redo.</source>
        <translation>No hay nada que rehacer.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/step_phrases.py"/>
        <source>Redid: {step}.</source>
        <translation>Rehecho: {step}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Comparing the faces of the gallery …</source>
        <translation>Comparando las caras de la galería …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Error rates are unknown: the gallery has too few faces, and this model was not measured.</source>
        <translation>Se desconocen las tasas de error: la galería tiene muy pocas caras y este modelo no se ha medido.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>The threshold was not changed.</source>
        <translation>El umbral no cambió.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>You set this threshold.</source>
        <translation>Este umbral lo has elegido tú.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>The threshold follows this gallery, at the rate you chose.</source>
        <translation>El umbral sigue a esta galería, con la tasa que elegiste.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>This gallery has many or similar people, so the threshold is higher than the model’s default.</source>
        <translation>Esta galería tiene muchas personas o personas parecidas; por eso el umbral es mayor que el del modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>This is the model’s default threshold.</source>
        <translation>Este es el umbral predeterminado del modelo.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>none in {number} comparisons</source>
        <translation>ninguna de {number} comparaciones</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: {share}. Missed: none.</source>
        <translation>Sugerencias erróneas: {share}. Sin reconocer: ninguna.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: {share}. Missed: {missed} of known faces.</source>
        <translation>Sugerencias erróneas: {share}. Sin reconocer: {missed} de las caras conocidas.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Too low: wrong suggestions for {share}.</source>
        <translation>Demasiado bajo: sugerencias erróneas en {share}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Too high: {share} of known faces get no suggestion.</source>
        <translation>Demasiado alto: {share} de las caras conocidas se quedan sin sugerencia.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>Wrong suggestions: 1 in {number} strangers</source>
        <translation>Sugerencias erróneas: 1 de cada {number} desconocidos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>From {photos} photos of {people} other people, because this gallery has too few faces</source>
        <translation>De {photos} fotos de otras {people} personas, porque esta galería tiene muy pocas caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>From this gallery: {faces} of {people}, each compared with everyone</source>
        <translation>De esta galería: {faces} de {people}, cada una comparada con todas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/threshold_phrases.py"/>
        <source>{low} to {high}</source>
        <translation>{low} a {high}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Shift</source>
        <translation>Mayús</translation>
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
        <translation>RePág</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Delete</source>
        <translation>Supr</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Menu</source>
        <translation>Menú</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Page Up</source>
        <translation>RePág</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Page Down</source>
        <translation>AvPág</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Backspace</source>
        <translation>Retroceso</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>any letter</source>
        <translation>una letra</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Letters</source>
        <translation>Letras</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>with arrows</source>
        <translation>con flechas</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>Alt+T</source>
        <translation>Alt+U</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/translation.py"/>
        <source>d MMMM yyyy, HH:mm</source>
        <translation>d 'de' MMMM 'de' yyyy, HH:mm</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Two faces side by side</source>
        <translation>Dos caras una junto a otra</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>↑ and ↓ compare the next person.</source>
        <translation>↑ y ↓ comparan con la persona siguiente.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Back to the photo</source>
        <translation>Volver a la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/compare_view.py"/>
        <source>Show the photo again (Ctrl+E)</source>
        <translation>Mostrar de nuevo la foto (Ctrl+E)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/fitting_area.py"/>
        <source>There is more below (↑ ↓ scroll)</source>
        <translation>Hay más abajo (↑ ↓ para desplazarse)</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/item_painting.py"/>
        <source>cannot be read</source>
        <translation>no se puede leer</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Show folder</source>
        <translation>Mostrar carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Show the folder in the file manager</source>
        <translation>Mostrar la carpeta en el gestor de archivos</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>&amp;Cancel</source>
        <translation>Cance&amp;lar</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>Cancel: {task}</source>
        <translation>Cancelar: {task}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>cancelling …</source>
        <translation>cancelando …</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {seconds} s left</source>
        <translation>quedan unos {seconds} s</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {minutes} min left</source>
        <translation>quedan unos {minutes} min</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/message_bar.py"/>
        <source>about {hours} h left</source>
        <translation>quedan unas {hours} h</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Tab takes the name, ↓ chooses.</source>
        <translation>Tab toma el nombre, ↓ elige.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>↓ chooses, Enter takes.</source>
        <translation>↓ elige, Intro toma el nombre.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Named in the photo’s metadata. Click a name, or type one.</source>
        <translation>Según los metadatos de la foto. Haga clic en un nombre o escriba uno.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter adds “{name}” as a new person.</source>
        <translation>Intro añade «{name}» como persona nueva.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter takes {name}, named in the photo’s metadata.</source>
        <translation>Intro toma {name}, según los metadatos de la foto.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>Enter takes {name}.</source>
        <translation>Intro toma {name}.</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>People whose names fit</source>
        <translation>Personas cuyo nombre encaja</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>New person “{name}”</source>
        <translation>Persona nueva «{name}»</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/name_suggestions.py"/>
        <source>in the photo’s metadata</source>
        <translation>en los metadatos de la foto</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/people_model.py"/>
        <source>{name}, {faces}, added {date}</source>
        <translation>{name}, {faces}, añadida el {date}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>Zoom with the wheel or + and −, drag to move, Ctrl+0 to fit. Right-click a face for more</source>
        <translation>Zoom con la rueda o + y −, arrastra para mover, Ctrl+0 ajusta. Clic derecho en una cara para más</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>face {number} selected</source>
        <translation>cara {number} elegida</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{number} is {name}</source>
        <translation>{number} es {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/gui/widgets/photo_view.py"/>
        <source>{number} may be {name}</source>
        <translation>{number} quizá sea {name}</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it is open in another program, or was not closed properly: close that program, then import again</source>
        <translation>está abierto en otro programa o no se cerró bien: cierre ese programa e importe de nuevo</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it was changed while it was read: close the program that uses it, then import again</source>
        <translation>se modificó mientras se leía: cierre el programa que lo usa e importe de nuevo</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it takes too long to read</source>
        <translation>se tarda demasiado en leerlo</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has too many entries</source>
        <translation>tiene demasiadas entradas</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it has a table with computed columns, which are not run</source>
        <translation>tiene una tabla con columnas calculadas, que no se ejecutan</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/catalog_database.py"/>
        <source>it is not an SQLite database</source>
        <translation>no es una base de datos SQLite</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/digikam.py"/>
        <source>it is not a digiKam database</source>
        <translation>no es una base de datos de digiKam</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has too many elements</source>
        <translation>su XMP tiene demasiados elementos</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP is damaged</source>
        <translation>su XMP está dañado</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has too many namespaces</source>
        <translation>su XMP tiene demasiados espacios de nombres</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP is empty</source>
        <translation>su XMP está vacío</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP has a document type, which XMP does not allow</source>
        <translation>su XMP tiene un tipo de documento, lo que XMP no permite</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/extended_xmp.py"/>
        <source>its XMP does not fit into a JPEG</source>
        <translation>su XMP no cabe en un JPEG</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>the positions of its further images are not understood</source>
        <translation>no se entienden las posiciones de sus otras imágenes</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>it has data behind the image that must not move</source>
        <translation>tiene datos tras la imagen que no deben moverse</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_positions.py"/>
        <source>its EXIF data points behind the image</source>
        <translation>sus datos EXIF apuntan tras la imagen</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/png_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/webp_writing.py"/>
        <source>a change would make its content credentials invalid</source>
        <translation>un cambio invalidaría sus credenciales de contenido</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/jpeg_writing.py"/>
        <source>parts of its XMP are missing</source>
        <translation>faltan partes de su XMP</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/tiff_writing.py"/>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>photos of this kind are not rewritten</source>
        <translation>las fotos de este tipo no se reescriben</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <source>it has a second name (hard link)</source>
        <translation>tiene un segundo nombre (enlace físico)</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/embedded/writing.py"/>
        <location filename="../../../face_match/metadata/sidecar_writer.py"/>
        <location filename="../../../face_match/workflows/write_names.py"/>
        <source>another program has changed it meanwhile</source>
        <translation>otro programa lo ha modificado entretanto</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/google_takeout.py"/>
        <source>it is not valid JSON</source>
        <translation>no es un JSON válido</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has too many faces</source>
        <translation>tiene demasiadas caras</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/picasa.py"/>
        <source>it has a document type, which Picasa does not write</source>
        <translation>tiene un tipo de documento, que Picasa no escribe</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it is not in UTF-8</source>
        <translation>no está en UTF-8</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it is not XMP</source>
        <translation>no es XMP</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it has a document type, which XMP does not allow</source>
        <translation>tiene un tipo de documento, que XMP no permite</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>it has too many elements</source>
        <translation>tiene demasiados elementos</translation>
    </message>
    <message>
        <location filename="../../../face_match/metadata/xmp.py"/>
        <source>one of its namespaces is too long</source>
        <translation>uno de sus espacios de nombres es demasiado largo</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/detectors/single_stage.py"/>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>its output has the wrong shape</source>
        <translation>su resultado tiene una forma incorrecta</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the downloaded file is not the expected one</source>
        <translation>el archivo descargado no es el esperado</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the server sent more than the file has, and the download was deleted</source>
        <translation>el servidor envió más de lo que tiene el archivo, y la descarga se eliminó</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the server’s answer is invalid</source>
        <translation>la respuesta del servidor no es válida</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/download.py"/>
        <source>the connection was interrupted</source>
        <translation>la conexión se interrumpió</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>it made no embedding of a face</source>
        <translation>no calculó los rasgos de una cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/registry.py"/>
        <source>the file is not the one that was added</source>
        <translation>el archivo no es el que se añadió</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>its process could not be started</source>
        <translation>no se pudo iniciar su proceso</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/sandboxed_network.py"/>
        <source>ONNX Runtime cannot load it</source>
        <translation>ONNX Runtime no puede cargarlo</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>detectors that take their channels last are not supported</source>
        <translation>no se admiten detectores con los canales al final</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>it finds no landmarks, which are needed to align a face</source>
        <translation>no encuentra los puntos de referencia necesarios para alinear una cara</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial.py"/>
        <source>it finds faces in a plain grey image</source>
        <translation>encuentra caras en una imagen gris lisa</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embeddings of real faces are not finite numbers</source>
        <translation>los rasgos de caras reales no son números finitos</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embedding of a real face is zero, or not finite</source>
        <translation>los rasgos de una cara real son cero o no son finitos</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/models/trial_embedder.py"/>
        <source>its embeddings of the same face differ each time</source>
        <translation>los rasgos de la misma cara son distintos cada vez</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it is not an ONNX file</source>
        <translation>no es un archivo ONNX</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it is not an ONNX file, or one without a network in it</source>
        <translation>no es un archivo ONNX, o no contiene ninguna red</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it defines operators of its own</source>
        <translation>define operadores propios</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>its weights are in another file; save it as one file (onnx.save_model does that)</source>
        <translation>sus pesos están en otro archivo; guárdalo como un solo archivo (con onnx.save_model)</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it has a tensor of more than 1 GB</source>
        <translation>tiene un tensor de más de 1 GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/onnx/file_inspection.py"/>
        <source>it makes a tensor of more than 1 GB</source>
        <translation>crea un tensor de más de 1 GB</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>the file has changed</source>
        <translation>el archivo ha cambiado</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>it is a folder</source>
        <translation>es una carpeta</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/photo_loading.py"/>
        <source>no permission to read it</source>
        <translation>sin permiso para leerlo</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>partly covered</source>
        <translation>tapada en parte</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>unclear</source>
        <translation>poco clara</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too small</source>
        <translation>muy pequeña</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>blurred</source>
        <translation>borrosa</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too dark</source>
        <translation>muy oscura</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>too bright</source>
        <translation>muy clara</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>low in contrast</source>
        <translation>poco contraste</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>turned away</source>
        <translation>girada</translation>
    </message>
    <message>
        <location filename="../../../face_match/vision/quality.py"/>
        <source>tilted up or down</source>
        <translation>inclinada</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it does not answer</source>
        <translation>no responde</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it has no workers</source>
        <translation>no tiene procesos de trabajo</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>workers ended while they read it</source>
        <translation>los procesos de trabajo terminaron mientras la leían</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>A new worker</source>
        <translation>Un proceso de trabajo nuevo</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>Dask failed; the log says with which error</source>
        <translation>Dask ha fallado; el registro dice con qué error</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/reader.py"/>
        <source>it has no workers any more</source>
        <translation>ya no tiene procesos de trabajo</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/cluster/replies.py"/>
        <source>a worker’s answer is invalid</source>
        <translation>la respuesta de un proceso de trabajo no es válida</translation>
    </message>
    <message>
        <location filename="../../../face_match/workflows/export_photos.py"/>
        <source>it is not the photo that the gallery knows</source>
        <translation>no es la foto que la galería conoce</translation>
    </message>
</context>
</TS>
