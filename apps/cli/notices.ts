import type { Messages } from './language.ts';

const httpPort = /^port (\d+) is busy, trying (\d+)$/;

type Translation = readonly [
  pattern: RegExp,
  say: (text: Messages, match: RegExpExecArray) => string,
];

/** What the platform says at start, by the sentence it says it with. */
const translations: readonly Translation[] = [
  [/^Port (\d+) is busy, using (\d+)\.$/, (text, m) => text.noticeDatabasePort(m[1]!, m[2]!)],
  [/^the pages are not built$/, (text) => text.noticeNoPages],
  [/^The server was not stopped cleanly; it recovered\.$/, (text) => text.noticeRecovered],
  [/^A stale pid file of process (.+) was removed\.$/, (text, m) => text.noticeStalePid(m[1]!)],
  [
    /^A server left running \(process (\d+)\) was stopped/,
    (text, m) => text.noticeTakenOver(m[1]!),
  ],
  [
    /^PostgreSQL refuses to run as root: it runs as user (.+)\.$/,
    (text, m) => text.noticeOtherUser(m[1]!),
  ],
];

const translate = (text: Messages, notice: string): string => {
  for (const [pattern, say] of translations) {
    const match = pattern.exec(notice);
    if (match) return say(text, match);
  }
  return notice;
};

/**
 * The notices of a start in the person's language. Several busy ports in a row are one sentence:
 * from the one that was wanted to the one that was found.
 */
export const wordNotices = (text: Messages, notices: readonly string[]): readonly string[] => {
  const tried = notices.flatMap((notice) => {
    const match = httpPort.exec(notice);
    return match ? [[match[1]!, match[2]!] as const] : [];
  });
  const others = notices.filter((notice) => !httpPort.test(notice));
  return [
    ...(tried.length > 0 ? [text.noticePortBusy(tried[0]![0], tried.at(-1)![1])] : []),
    ...others.map((notice) => translate(text, notice)),
  ];
};

/** An error of the log in the person's language, where it is one that people meet. */
export const wordError = (text: Messages, error: string): string => {
  const known = Object.keys(text.knownErrors).find((beginning) => error.startsWith(beginning));
  return known === undefined ? error : text.knownErrors[known]!;
};
