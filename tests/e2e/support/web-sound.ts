/**
 * What every page must be beside what axe sees, measured where it is drawn: targets that a finger meets,
 * focus that no bar covers, room at each width and for wider letters, and few boxes within boxes.
 */
import type { Page } from 'playwright-core';
type Fault = string;

/** Runs in the page: the elements one can act on, and what is drawn around them. */
const inspect = (): readonly string[] => {
  // WCAG 2.5.8 asks for 24; a finger wants more.
  const least = matchMedia('(pointer: coarse)').matches ? 44 : 24;
  const faults: string[] = [];
  const nameOf = (element: Element): string => {
    const text = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    return `${element.tagName.toLowerCase()} “${(text || element.getAttribute('name') || element.id).slice(0, 40)}”`;
  };
  const isSeen = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 &&
      height > 1 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    );
  };
  const style = (element: Element): CSSStyleDeclaration => getComputedStyle(element);
  const open = document.querySelector('dialog[open]') ?? document;

  /** The exception of WCAG 2.5.8. */
  const isInSentence = (element: Element): boolean =>
    style(element).display === 'inline' &&
    [...(element.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim().length > 2,
    );
  type Box = Readonly<{ left: number; top: number; right: number; bottom: number }>;
  /** What a finger meets: the element with its label, and what it spreads around itself. */
  const targetOf = (element: Element): Box => {
    const boxes: Box[] = [element.getBoundingClientRect()];
    for (const label of (element as HTMLInputElement).labels ?? [])
      if (/^(?:checkbox|radio|file)$/.test((element as HTMLInputElement).type))
        boxes.push(label.getBoundingClientRect());
    const spread = getComputedStyle(element, '::after');
    if (spread.content !== 'none' && spread.position === 'absolute') {
      const [width, height] = [parseFloat(spread.width), parseFloat(spread.height)];
      const { left, top, width: w, height: h } = element.getBoundingClientRect();
      boxes.push({
        left: left + (w - width) / 2,
        right: left + (w + width) / 2,
        top: top + (h - height) / 2,
        bottom: top + (h + height) / 2,
      });
    }
    return {
      left: Math.min(...boxes.map(({ left }) => left)),
      top: Math.min(...boxes.map(({ top }) => top)),
      right: Math.max(...boxes.map(({ right }) => right)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
    };
  };
  const targets = [
    ...open.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], [role=button]',
    ),
  ].filter(isSeen);
  for (const element of targets) {
    if (isInSentence(element)) continue;
    const { left, top, right, bottom } = targetOf(element);
    const [width, height] = [Math.round(right - left), Math.round(bottom - top)];
    if (width < least || height < least)
      faults.push(`has ${nameOf(element)} of ${width} × ${height} px, less than ${least}`);
  }

  // Labels are seen while one types; what completes a password is not kept out.
  for (const element of open.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
    if (element.type === 'hidden' || !isSeen(element)) continue;
    if (element.placeholder && !element.labels?.length && !element.getAttribute('aria-label'))
      faults.push(`has a placeholder for a label: ${element.placeholder}`);
    if (element.type === 'password' && element.autocomplete === 'off')
      faults.push(`keeps managers of passwords out of ${element.name}`);
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    if (/password|one-time|cc-/.test(`${element.type} ${element.autocomplete}`))
      if (!element.dispatchEvent(paste)) faults.push(`takes no paste in ${element.name}`);
  }
  for (const element of open.querySelectorAll('[draggable=true]'))
    if (!element.querySelector('button')) faults.push(`has only drag for ${nameOf(element)}`);
  if (
    document.querySelector(
      'meta[name=viewport][content*="user-scalable=no"], meta[name=viewport][content*="maximum-scale"]',
    )
  )
    faults.push('keeps people from zooming');

  // Boxes within boxes, and a border together with a shadow.
  const isBox = (element: Element): boolean => {
    const { borderTopWidth, borderLeftWidth, borderBottomWidth, borderRightWidth } = style(element);
    return (
      [borderTopWidth, borderLeftWidth, borderBottomWidth, borderRightWidth].every(
        (width) => parseFloat(width) > 0,
      ) && !element.matches('input, select, textarea, button, a, label, kbd, summary')
    );
  };
  const boxes = [...document.body.querySelectorAll('*')].filter(
    (element) => isSeen(element) && isBox(element),
  );
  for (const element of boxes) {
    let depth = 1;
    for (let up = element.parentElement; up; up = up.parentElement)
      if (boxes.includes(up)) depth += 1;
    if (depth > 2) faults.push(`has ${depth} boxes within each other at ${nameOf(element)}`);
    if (style(element).boxShadow !== 'none')
      faults.push(`has border and shadow at ${nameOf(element)}`);
  }

  // One filled button where somebody looks: in the page's main part, in each card of it, in a dialog.
  const probe = document.createElement('i');
  probe.style.background = 'var(--primary-fill)';
  document.body.append(probe);
  const fill = style(probe).backgroundColor;
  probe.remove();
  const filled = new Map<Element, Element[]>();
  // The gallery shows every kind of button in one place.
  const isGallery = location.pathname.endsWith('/dev/estados');
  for (const element of open.querySelectorAll('button, a')) {
    if (!isSeen(element) || style(element).backgroundColor !== fill) continue;
    const region =
      element.closest('form, dialog, article, section, li, tr, header, footer, nav, main') ??
      document.body;
    filled.set(region, [...(filled.get(region) ?? []), element]);
  }
  for (const [, elements] of isGallery ? [] : filled)
    if (elements.length > 1)
      faults.push(
        `has ${elements.length} filled buttons beside each other: ${elements.map(nameOf).join(', ')}`,
      );

  for (const element of document.querySelectorAll('[aria-busy=true]'))
    if (
      !element.matches('button') &&
      element.querySelector('a[href], button, input, select, textarea, [tabindex]')
    )
      faults.push(`can be focused while it loads: ${nameOf(element)}`);
  return [...new Set(faults)];
};

/** What is too small, boxed, hidden or keeps people out, on the page as it stands. */
export const inspectPage = (page: Page): Promise<readonly Fault[]> => page.evaluate(inspect);

/** Runs in the page: gives the focus to each element in turn, as Tab does. */
const walk = async (): Promise<readonly string[]> => {
  const faults: string[] = [];
  const open = document.querySelector('dialog[open]') ?? document;
  const reached = [
    ...open.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    ),
  ].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !(element as HTMLButtonElement).disabled,
  );
  for (const element of reached) {
    if (element.matches('.skip-link') || element.getBoundingClientRect().height > innerHeight)
      continue;
    element.focus();
    if (document.activeElement !== element) continue;
    const name = `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.id).slice(0, 40)}”`;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const centre = (): readonly [x: number, y: number] => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const coverOf = (): Element | null | undefined => {
      const over = document.elementFromPoint(...centre());
      const own = [element, ...((element as HTMLInputElement).labels ?? [])];
      return over && own.some((one) => one.contains(over) || over.contains(one)) ? undefined : over;
    };
    // What has the focus may be on its way in, and what has lost it on its way out.
    let over = coverOf();
    for (let frame = 0; over !== undefined && frame < 10; frame++, over = coverOf())
      await new Promise((resolve) => requestAnimationFrame(resolve));
    if (over !== undefined)
      faults.push(
        `covers ${name} at ${centre().map(Math.round).join(', ')} by ${over ? `${over.tagName.toLowerCase()} ${over.textContent?.trim().slice(0, 30)}` : 'the edge'}`,
      );
    // A ring of its own, or one that its frame draws.
    const rings = [
      element,
      element.parentElement,
      ...((element as HTMLInputElement).labels ?? []),
    ].filter((one) => one !== null);
    const hasRing = rings.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    if (!hasRing) faults.push(`shows no focus at ${name}`);
  }
  return [...new Set(faults)];
};

/** What of the page takes the focus without being seen. */
export const walkFocus = async (page: Page): Promise<readonly Fault[]> => {
  // The first by a key, so that rings are drawn for what follows.
  await page.keyboard.press('Tab');
  const faults = await page.evaluate(walk);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  return faults;
};

/** Runs in the page: what is wider than it, cut off, or on top of something else. */
const fit = (): readonly string[] => {
  const faults: string[] = [];
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) {
    // The innermost that reaches beyond says where to look.
    const wide = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
      .at(-1);
    faults.push(
      `is ${over} px too wide by ${wide?.tagName.toLowerCase() ?? 'nothing that is drawn'} “${wide?.textContent?.trim().slice(0, 40) ?? ''}”`,
    );
  }
  const open = document.querySelector('dialog[open]') ?? document.body;
  const texts = [...open.querySelectorAll<HTMLElement>('*')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      ),
  );
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    element !== document.body &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  for (const element of texts) {
    const { width, height, left, right } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    const text = element.textContent?.trim().slice(0, 40);
    if (
      (right > innerWidth + 1 || left < -1) &&
      !scrolls(element) &&
      !element.closest('dialog, .sr-only, .skip-link')
    )
      faults.push(`cuts “${text}” at the edge`);
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const isShortened = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
    if (
      !isShortened &&
      /hidden|clip/.test(overflowX) &&
      element.scrollWidth > element.clientWidth + 1
    )
      faults.push(`cuts “${text}” in its width`);
    if (
      !isShortened &&
      /hidden|clip/.test(overflowY) &&
      element.scrollHeight > element.clientHeight + 2
    )
      faults.push(`cuts “${text}” in its height`);
  }
  /** How much of it is seen through what scrolls around it. */
  const seenOf = (
    element: Element,
  ): Readonly<{ left: number; top: number; right: number; bottom: number }> => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowY === 'visible') continue;
      const box = up.getBoundingClientRect();
      [left, top, right, bottom] = [
        Math.max(left, box.left),
        Math.max(top, box.top),
        Math.min(right, box.right),
        Math.min(bottom, box.bottom),
      ];
    }
    return { left, top, right, bottom };
  };
  const targets = [
    ...open.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea',
    ),
  ]
    .filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest('.skip-link'),
    )
    .map((element) => ({
      element,
      box: seenOf(element),
      isFixed: ((): boolean => {
        for (let up: Element | null = element; up; up = up.parentElement)
          if (/fixed|sticky/.test(getComputedStyle(up).position)) return true;
        return false;
      })(),
    }))
    .filter(({ box }) => box.right - box.left > 1 && box.bottom - box.top > 1);
  for (const [i, one] of targets.entries())
    for (const other of targets.slice(i + 1)) {
      if (
        one.isFixed !== other.isFixed ||
        one.element.contains(other.element) ||
        other.element.contains(one.element)
      )
        continue;
      const x = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const y = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (
        x > 3 &&
        y > 3 &&
        getComputedStyle(one.element).display !== 'inline' &&
        !one.element.parentElement?.contains(other.element)
      )
        faults.push(
          `lays “${one.element.textContent?.trim().slice(0, 30)}” over “${other.element.textContent?.trim().slice(0, 30)}”`,
        );
    }
  return [...new Set(faults)];
};

/** Every width that the design names. */
export const allWidths = [320, 360, 390, 768, 1024, 1280, 1440, 1920] as const;

/** What has no room at one of the widths; the page is as wide as before afterwards. */
export const fitWidths = async (
  page: Page,
  widths: readonly number[],
): Promise<readonly Fault[]> => {
  const before = page.viewportSize()!;
  const faults: Fault[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    faults.push(...(await page.evaluate(fit)).map((fault) => `${fault} at ${width} px`));
  }
  await page.setViewportSize(before);
  return faults;
};

/** WCAG 1.4.12: wider letters, words and lines lose nothing, on the narrowest phone. */
export const fitSpacing = async (page: Page): Promise<readonly Fault[]> => {
  const sheet = await page.addStyleTag({
    content: `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`,
  });
  const faults = await fitWidths(page, [320]);
  await sheet.evaluate((element: Element) => element.remove());
  return faults.map((fault) => `${fault} with wider letters`);
};

/** What of the page neither a key, a wider screen nor wider letters may meet; every width when all is asked for. */
export const lookAround = async (page: Page): Promise<readonly Fault[]> => {
  const widths = process.env['PLAZA_WEB_LOOKS'] === 'all' ? allWidths : [768];
  return [
    ...(await walkFocus(page)),
    ...(await fitWidths(page, widths)),
    ...(await fitSpacing(page)),
  ];
};
