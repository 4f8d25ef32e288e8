import { contextAt } from './routing.ts';

const pages =
  /^\/(?:$|\*|es|en|web|assets|cuenta|admin|sistema|entrar|registro|recuperar|verificar|instalar|setup)(?:[/*]|$)/;

const everything = ['gateway'] as const;

/** Whose figures an answer belongs to: those of what stands in front, and of what has answered. */
export const servicesOf = (route: string, method: string): readonly string[] => {
  const service = contextAt(route, method) ?? (pages.test(route) ? 'web' : undefined);
  return service === undefined ? everything : [...everything, service];
};
