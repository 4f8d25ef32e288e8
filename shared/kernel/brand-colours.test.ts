import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brandColours, contrastOf, isColour, type ActionColours } from './brand-colours.ts';

const grounds = {
  light: ['#ffffff', '#f6f7f9', '#eef1f4'],
  dark: ['#0f1419', '#161c23', '#1d252e'],
} as const;

const faultsOf = (theme: 'light' | 'dark', colours: ActionColours): readonly string[] => {
  const { primary, fill, hover, soft, onPrimary } = colours;
  const pairs = [
    ...[...grounds[theme], soft].map((ground) => [primary, ground, 4.5] as const),
    ...[fill, hover].map((ground) => [onPrimary, ground, 4.5] as const),
    // The ring stands on the same grounds, and beside what it surrounds.
    ...grounds[theme].map((ground) => [primary, ground, 3] as const),
  ];
  return pairs.flatMap(([one, other, least]) =>
    contrastOf(one, other) >= least ? [] : [`${theme}: ${one} on ${other}`],
  );
};

const channel = (value: number): string => Math.round(value).toString(16).padStart(2, '0');
/** HSL, so that every hue is met at every lightness. */
const colourAt = (hue: number, saturation: number, lightness: number): string => {
  const part = (n: number): string => {
    const k = (n + hue / 30) % 12;
    const reach = saturation * Math.min(lightness, 1 - lightness);
    return channel(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return `#${part(0)}${part(8)}${part(4)}`;
};

describe('the colour of a shop', () => {
  it('can be read in both themes, whatever hue it has', () => {
    let count = 0;
    for (let hue = 0; hue < 360; hue += 5)
      for (const saturation of [0, 0.3, 0.6, 1])
        for (const lightness of [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
          const brand = colourAt(hue, saturation, lightness);
          assert.ok(isColour(brand), brand);
          const { light, dark } = brandColours(brand);
          assert.deepEqual([...faultsOf('light', light), ...faultsOf('dark', dark)], [], brand);
          count++;
        }
    assert.equal(count, 2_016);
  });

  it('stays as it is where it can be read already', () => {
    assert.deepEqual(brandColours('#0b5f69').light.primary, '#0b5f69');
    assert.equal(brandColours('#0b5f69').isAdjusted, false);
    assert.equal(brandColours('#6a1b9a').isAdjusted, false);
  });

  it('goes no further than it must', () => {
    const { light, isAdjusted } = brandColours('#ffd400');
    assert.ok(isAdjusted);
    const contrast = Math.min(
      ...[...grounds.light, light.soft].map((g) => contrastOf(light.primary, g)),
    );
    assert.ok(contrast < 4.7, `${contrast}`);
  });

  it('is measured as WCAG says', () => {
    assert.equal(contrastOf('#000000', '#ffffff'), 21);
    assert.equal(Math.round(contrastOf('#ffffff', '#0b5f69') * 100) / 100, 7.36);
  });
});
