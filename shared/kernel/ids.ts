const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Lower-case RFC 9562 form only, so that one id has one spelling. */
export const isUuid = (text: string): boolean => uuidPattern.test(text);
