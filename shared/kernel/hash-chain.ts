/** A place in a chain of hashes; `hash` is hexadecimal SHA-256. */
export type ChainLink = Readonly<{ seq: string; hash: string }>;

/** What a page of links, checked one after the other, came to. */
export type CheckedPage<Finding> = Readonly<{
  last: ChainLink | undefined;
  links: number;
  findings: readonly Finding[];
}>;

/** Where a chain begins: before its first link. */
export const chainStart: ChainLink = { seq: '0', hash: '' };

const linksAtOnce = 10_000;

/** Goes through a whole chain, page by page; `visit` sees each page. Answers the last link. */
export const walkChain = async <Page extends CheckedPage<unknown>>(
  check: (from: ChainLink, limit: number) => Promise<Page>,
  visit: (page: Page) => void,
): Promise<ChainLink> => {
  let head = chainStart;
  for (;;) {
    const page = await check(head, linksAtOnce);
    visit(page);
    if (page.last) head = page.last;
    if (page.links < linksAtOnce) return head;
  }
};
