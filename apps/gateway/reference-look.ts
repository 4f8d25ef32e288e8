/** The reference of the API in the letters and colours of the other pages, light and dark. */
export const referenceLook = `
@font-face {
  font-family: Archivo;
  src: url(/docs/archivo.woff2) format('woff2');
  font-weight: 100 900;
  font-display: swap;
}
:root {
  --scalar-font: Archivo, system-ui, sans-serif;
  --scalar-font-code: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
  --scalar-radius: 8px;
  --scalar-radius-lg: 12px;
}
.light-mode {
  --scalar-background-1: #fff;
  --scalar-background-2: #f6f7f9;
  --scalar-background-3: #eef1f4;
  --scalar-background-accent: #e8f4f5;
  --scalar-color-1: #151a21;
  --scalar-color-2: #4b5563;
  --scalar-color-3: #5e6977;
  --scalar-color-accent: #0b5f69;
  --scalar-border-color: #e3e7ec;
  --scalar-button-1: #0b5f69;
  --scalar-button-1-color: #fff;
  --scalar-button-1-hover: #094c54;
}
.dark-mode {
  --scalar-background-1: #0f1419;
  --scalar-background-2: #161c23;
  --scalar-background-3: #1d252e;
  --scalar-background-accent: #12333a;
  --scalar-color-1: #e8edf2;
  --scalar-color-2: #a9b4c0;
  --scalar-color-3: #8794a3;
  --scalar-color-accent: #6cc7cf;
  --scalar-border-color: #242d37;
  --scalar-button-1: #6cc7cf;
  --scalar-button-1-color: #06181a;
  --scalar-button-1-hover: #4fb3bc;
}`;
