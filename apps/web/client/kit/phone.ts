/** A number as people type it, in E.164; null: none was given. */
export const phoneOf = (typed: string, callingCode: string | null): string | null => {
  const digits = typed.replaceAll(/\D/g, '');
  if (digits === '') return null;
  if (typed.trim().startsWith('+')) return `+${digits}`;
  return `+${(callingCode ?? '').replaceAll(/\D/g, '')}${digits}`;
};
