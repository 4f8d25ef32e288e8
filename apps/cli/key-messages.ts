/** What the command line says of API keys, in both languages. */
export const keysEs = {
  keysWhose: 'Di de qué cuenta con --email: hay más de una de administración, o ninguna.',
  keysNoAccount: (email: string): string => `No hay ninguna cuenta con el correo ${email}.`,
  keysNoKey: (key: string, email: string): string => `${email} no tiene ninguna clave ${key}.`,
  keysNone: (email: string): string => `${email} no tiene claves.`,
  keyColumns: ['Clave', 'Nombre', 'Vence', 'Último uso', 'Permisos'],
  keyMade: (name: string, email: string, until: string): string =>
    `Clave «${name}» de ${email}, hasta el ${until}:`,
  keyOnce: 'Guárdala ahora: no se vuelve a mostrar.',
  keyRevoked: (prefix: string): string =>
    `Clave ${prefix} anulada; deja de servir en un minuto a más tardar.`,
  keyScopes: (unknown: readonly string[], known: readonly string[]): string =>
    `${unknown.length > 0 ? `No hay permiso ${unknown.join(', ')}.` : 'Falta algún permiso.'} Los hay: ${known.join(', ')}.`,
  keyDays: 'Los días son un número entero de 1 a 365.',
};
export const keysEn: typeof keysEs = {
  keysWhose: 'Say whose with --email: there is more than one administrator, or none.',
  keysNoAccount: (email) => `There is no account with the address ${email}.`,
  keysNoKey: (key, email) => `${email} has no key ${key}.`,
  keysNone: (email) => `${email} has no keys.`,
  keyColumns: ['Key', 'Name', 'Ends', 'Last used', 'Scopes'],
  keyMade: (name, email, until) => `Key “${name}” of ${email}, until ${until}:`,
  keyOnce: 'Keep it now: it is not shown again.',
  keyRevoked: (prefix) => `Key ${prefix} revoked; it stops within a minute.`,
  keyScopes: (unknown, known) =>
    `${unknown.length > 0 ? `There is no scope ${unknown.join(', ')}.` : 'A scope is missing.'} There are: ${known.join(', ')}.`,
  keyDays: 'The days are a whole number from 1 to 365.',
};

export const keyProblemsEs = {
  'identity.too_many_keys': 'Esa cuenta ya tiene sus veinte claves. Anula una antes.',
  'identity.key_scopes_refused': 'Esa cuenta no puede dar esos permisos: le falta el rol.',
};
export const keyProblemsEn: typeof keyProblemsEs = {
  'identity.too_many_keys': 'That account has its twenty keys already. Revoke one first.',
  'identity.key_scopes_refused':
    'That account cannot give those scopes: it does not have the role.',
};

export const keyHelpEs = {
  keys: 'Claves de la API, de la cuenta que se diga',
  keysList: 'Muestra las claves de una cuenta, sin su texto',
  keysCreate: 'Crea una clave; su texto se muestra una sola vez',
  keysRotate: 'Cambia una clave por otra igual y anula la anterior',
  keysRevoke: 'Anula una clave',
  keysEmail: 'de qué cuenta; sin ella, de la única de administración',
  keyName: 'para qué es',
  keyScopes: 'permisos, con comas, por ejemplo products:read,stock:write',
  keyDays: 'cuántos días sirve, 365 como mucho; 90 si no se dice',
  keyWhich: 'la clave, por su comienzo (plaza_…) o su id',
};
export const keyHelpEn: typeof keyHelpEs = {
  keys: 'Keys of the API, of the account that is said',
  keysList: 'Shows the keys of an account, without their text',
  keysCreate: 'Makes a key; its text is shown only once',
  keysRotate: 'Replaces a key by another one like it, and revokes the old one',
  keysRevoke: 'Revokes a key',
  keysEmail: 'whose; without it, those of the only administrator',
  keyName: 'what it is for',
  keyScopes: 'scopes, with commas, such as products:read,stock:write',
  keyDays: 'how many days it works, 365 at most; 90 unless said',
  keyWhich: 'the key, by its beginning (plaza_…) or its id',
};
