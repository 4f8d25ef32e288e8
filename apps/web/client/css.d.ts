declare module '*.css';

/** Replaced while bundling: whether it is the bundle of the server. */
interface ImportMeta {
  readonly env: Readonly<{ SSR: boolean }>;
}
