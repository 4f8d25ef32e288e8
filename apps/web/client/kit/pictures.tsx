import type { ReactElement } from 'react';

/** An empty counter: for pages that are not there. */
export const Counter = (): ReactElement => (
  <svg width="168" height="112" viewBox="0 0 168 112" aria-hidden="true" className="fill-none">
    <rect x="8" y="58" width="152" height="12" rx="4" className="fill-mark" />
    <rect x="18" y="70" width="132" height="34" rx="4" className="fill-sunken stroke-line-2" />
    <path d="M52 70v34M84 70v34M116 70v34" className="stroke-line-2" />
    <rect
      x="66"
      y="26"
      width="36"
      height="32"
      rx="4"
      className="fill-surface stroke-control"
      strokeDasharray="4 4"
    />
    <circle cx="134" cy="49" r="9" className="fill-accent" />
  </svg>
);

/** An empty basket: for a cart and for lists that have nothing yet. */
export const Basket = (): ReactElement => (
  <svg width="136" height="112" viewBox="0 0 136 112" aria-hidden="true" className="fill-none">
    <path
      d="M42 46 58 16M94 46 78 16"
      className="stroke-control"
      strokeWidth="5"
      strokeLinecap="round"
    />
    <path
      d="M18 46h100l-10 50a8 8 0 0 1-8 6H36a8 8 0 0 1-8-6L18 46Z"
      className="fill-sunken stroke-line-2"
    />
    <rect x="12" y="40" width="112" height="12" rx="6" className="fill-mark" />
    <path
      d="M46 62v28M68 62v28M90 62v28"
      className="stroke-line-2"
      strokeWidth="4"
      strokeLinecap="round"
    />
    <circle cx="112" cy="24" r="7" className="fill-accent" />
  </svg>
);
