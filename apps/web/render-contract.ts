/** What the web server and the rendered code say to each other; types only, both sides import it. */

export type Language = 'es' | 'en';
export type Theme = 'system' | 'light' | 'dark';

/** Who is signed in, as far as a page may know: no token is among it. */
export type Viewer = Readonly<{
  id: string;
  username: string;
  email: string;
  isEmailVerified: boolean;
  roles: readonly string[];
}>;

/** What every page is rendered with, and what the browser goes on with. */
export type PageSetting = Readonly<{
  language: Language;
  /** Language and region, for formats: `es-CO`. */
  locale: string;
  timeZone: string;
  currency: string;
  /** What the shop is called. */
  shopName: string;
  theme: Theme;
  /** Where people reach this installation, for canonical addresses. */
  origin: string;
  viewer: Viewer | null;
  /** Whether a cart is known, so that its count is worth asking for. */
  hasCart: boolean;
  isDevelopment: boolean;
  /** Whether messages are shown accented and longer, to find text that is none and places that are too small. */
  isPseudo?: boolean;
  /** The style sheet of the shop's own colour; undefined: it has none. */
  brandStyle?: string;
  /** For how long after its arrival a product is taken back; null: nobody could say. */
  returnDays: number | null;
  /** When the page was rendered, so that both sides say the same `3 hours ago`. */
  now: number;
}>;

/** Asks the API as the visitor of one page: with their session, and nobody else's. */
export type ApiFetch = (request: Request) => Promise<Response>;

export type RenderRequest = Readonly<{
  request: Request;
  setting: PageSetting;
  api: ApiFetch;
  /** By which support finds what went wrong. */
  requestId: string;
  nonce: string;
  /** The files of an entry: scripts and styles, by the names that the build gave them. */
  assets: EntryAssets;
  /** Files that the page at an address needs besides the entry's own. */
  assetsOfPage: (module: string) => readonly string[];
}>;

export type EntryAssets = Readonly<{
  script: string;
  styles: readonly string[];
  preloads: readonly string[];
  font: string | undefined;
}>;

export type Rendered = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Undefined for a redirect. */
  html: string | undefined;
}>;

/** What the built server bundle exports. */
export type Renderer = Readonly<{
  renderStore: (input: RenderRequest) => Promise<Rendered>;
  /** The page of an application that the browser renders; null: it has no such address. */
  renderApplication: (
    name: ApplicationName,
    input: Omit<RenderRequest, 'assetsOfPage'>,
  ) => Promise<Rendered | null>;
}>;

export type ApplicationName = 'account' | 'admin' | 'system';

/** A package whose code or files are part of what browsers load, with the licence that came with it. */
export type Credit = Readonly<{ name: string; version: string; licence: string; text: string }>;
