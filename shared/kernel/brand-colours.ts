/** What a theme paints actions with. Each is `#rrggbb`. */
export type ActionColours = Readonly<{
  /** Of text, icons and the ring around what has the focus. */
  primary: string;
  /** Below the text of a filled button, and below the pointer. */
  fill: string;
  hover: string;
  /** Behind what is chosen. */
  soft: string;
  /** Text on `fill` and `hover`. */
  onPrimary: string;
}>;

export type BrandColours = Readonly<{
  light: ActionColours;
  dark: ActionColours;
  /** Whether the colour that was asked for could not be read in the light theme as it is. */
  isAdjusted: boolean;
}>;

type Rgb = readonly [red: number, green: number, blue: number];

const readHex = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
};
const toHex = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance of WCAG 2.2. */
const luminanceOf = (hex: string): number => {
  const [red, green, blue] = readHex(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
};

/** `share` of `over` laid on `under`. */
const mix = (over: string, under: string, share: number): string => {
  const [top, bottom] = [readHex(over), readHex(under)];
  return toHex(top.map((part, i) => part * share + bottom[i]! * (1 - share)) as unknown as Rgb);
};

/** The same hue, nearer to black or to white. */
const shade = (hex: string, towards: '#000000' | '#ffffff', share: number): string =>
  mix(towards, hex, share);

const legible = 4.5;
const steps = 100;

/** The first of the shades, from the colour itself on, of which `holds` is true; the end always holds. */
const firstThat = (
  hex: string,
  towards: '#000000' | '#ffffff',
  make: (primary: string) => ActionColours,
  grounds: readonly string[],
): ActionColours => {
  const holds = ({ primary, fill, hover, soft, onPrimary }: ActionColours): boolean =>
    [...grounds, soft].every((ground) => contrastOf(primary, ground) >= legible) &&
    [fill, hover].every((ground) => contrastOf(onPrimary, ground) >= legible);
  for (let step = 0; step < steps; step++) {
    const colours = make(shade(hex, towards, step / steps));
    if (holds(colours)) return colours;
  }
  return make(towards);
};

const lightGrounds = ['#ffffff', '#f6f7f9', '#eef1f4'];
const darkGrounds = ['#0f1419', '#161c23', '#1d252e'];
const ink = '#0b1216';

const lightOf = (primary: string): ActionColours => ({
  primary,
  fill: primary,
  hover: shade(primary, '#000000', 0.2),
  soft: mix(primary, '#ffffff', 0.1),
  onPrimary: '#ffffff',
});
const darkOf = (primary: string): ActionColours => ({
  primary,
  fill: primary,
  hover: shade(primary, '#000000', 0.14),
  soft: mix(primary, '#161c23', 0.2),
  onPrimary: ink,
});

/** Whether it is a colour as the shop keeps one. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text);

/**
 * What an owner's colour becomes in both themes: darker in the light one and lighter in the dark one
 * until text in it and on it has 4.5:1 on every ground that it stands on, and with that the ring 3:1 (WCAG
 * 2.2, 1.4.3 and 1.4.11).
 */
export const brandColours = (brand: string): BrandColours => {
  const light = firstThat(brand, '#000000', lightOf, lightGrounds);
  const dark = firstThat(brand, '#ffffff', darkOf, darkGrounds);
  return { light, dark, isAdjusted: light.primary !== brand };
};
