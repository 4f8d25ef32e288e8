import type { Language } from '../render-contract.ts';

/** Texts of the page that stands where none could be rendered; every language has every text. */
const es = {
  awayTitle: 'Estamos en mantenimiento',
  awayText: 'La tienda vuelve en unos minutos. Tu carrito y tus pedidos están a salvo.',
  failedTitle: 'No pudimos mostrar esta página',
  failedText: 'Algo falló de nuestro lado. Inténtalo de nuevo en un momento.',
  retry: 'Reintentar',
  requestId: 'Código para soporte',
  copy: 'Copiar',
  copied: 'Copiado',
  home: 'Ir al inicio',
  creditsTitle: 'Créditos',
  creditsText:
    'Estas páginas llegan a tu navegador con el trabajo de otras personas. Aquí están sus nombres y sus licencias.',
};

const en: typeof es = {
  awayTitle: 'We are doing maintenance',
  awayText: 'The shop is back in a few minutes. Your cart and your orders are safe.',
  failedTitle: 'We could not show this page',
  failedText: 'Something failed on our side. Try again in a moment.',
  retry: 'Try again',
  requestId: 'Code for support',
  copy: 'Copy',
  copied: 'Copied',
  home: 'Go to the home page',
  creditsTitle: 'Credits',
  creditsText:
    'These pages come to your browser with the work of other people. Here are their names and licences.',
};

/** The texts in one language. */
export const plainTexts: Readonly<Record<Language, typeof es>> = { es, en };
