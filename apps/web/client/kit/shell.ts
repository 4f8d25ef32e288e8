import type { ApplicationName, Rendered, RenderRequest } from '../../render-contract.ts';
import { createPseudoText } from '../i18n/pseudo.ts';
import { createText } from '../i18n/text.ts';
import { documentHtml } from './document.ts';
import { headHtml } from './head.ts';

/** The page of an application that the browser renders itself: its frame, and who is signed in. */
export const renderShell = async (
  _name: ApplicationName,
  { setting, assets, nonce }: Omit<RenderRequest, 'assetsOfPage'>,
  catalogues: Readonly<Record<'es' | 'en', Record<string, string>>>,
): Promise<Rendered> => {
  const create = setting.isPseudo ? createPseudoText : createText;
  const text = create(setting.language, setting.locale, catalogues[setting.language]);
  const html = documentHtml({
    setting,
    head: headHtml({ title: setting.shopName, isIndexed: false }, setting),
    body: '',
    handover: { setting },
    assets,
    preloads: [],
    nonce,
    skipText: text.say('kit.skip'),
  });
  return { status: 200, headers: {}, html };
};
