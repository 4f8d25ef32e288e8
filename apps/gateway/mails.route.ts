import { Type, type Static } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import { askAddress, Away } from './ask-service.ts';
import { collect } from './event-sources.ts';
import { partialPage } from './partial-page.ts';
import type { Upstream } from './upstreams.ts';

const config = { access: { roles: ['admin'] } } as const;
const tags = ['operation'];

const mailSchema = Type.Object({
  id: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.Union([Type.String(), Type.Null()]),
  sent_at: Type.String(),
});

type ShownMail = Static<typeof mailSchema>;
type Kept = Readonly<{ items: readonly ShownMail[]; is_captured?: boolean }>;

/** One captured mailbox; elsewhere it raises `Away`. `authorization` is the caller's own header. */
export type MailSource = Readonly<{
  name: string;
  /** Undefined: mails are sent from there by SMTP, and none is kept. */
  mails: (limit: number, authorization?: string) => Promise<readonly ShownMail[] | undefined>;
}>;

export const mailsHere = (mailbox: CapturedMail): MailSource => ({
  name: 'here',
  mails: async (limit) =>
    (await mailbox.list(limit)).map(({ id, to, subject, text, html = null, at }) => ({
      id,
      to,
      subject,
      text,
      html,
      sent_at: at,
    })),
});

/** Of all replicas of a service: each captures into a folder of its own. */
export const mailsElsewhere = (upstream: Upstream): MailSource => ({
  name: upstream.context,
  async mails(limit, authorization) {
    const path = `/api/v1/admin/mails?limit=${limit}`;
    const answers = await Promise.all(
      upstream.candidates().map(({ url }) => askAddress(url, path, { authorization })),
    ).catch((error: unknown) => {
      throw new Away(`${upstream.context} does not answer`, { cause: error });
    });
    const kept = answers
      .map(({ status, body }) => ({ status, body: body as Kept }))
      // 404: an older release that sends its mails by SMTP.
      .filter(({ status, body }) => status === 200 && body.is_captured !== false);
    return kept.length === 0 ? undefined : kept.flatMap(({ body }) => body.items);
  },
});

/** The captured mailboxes of an installation without an SMTP server. */
export const mailRoutes =
  (sources: readonly MailSource[]): Routes =>
  async (app) => {
    app.get(
      '/api/v1/admin/mails',
      {
        config,
        schema: {
          operationId: 'listMails',
          summary: 'Mails that would have been sent, newest first',
          tags,
          querystring: strict({
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
          }),
          response: {
            200: Type.Object({
              ...partialPage(mailSchema).properties,
              is_captured: Type.Boolean({
                description: 'false: mails are sent by SMTP, and none is kept',
              }),
            }),
          },
        },
      },
      async (request, reply) => {
        const limit = request.query.limit ?? 20;
        let isCaptured = false;
        const found = await collect(sources, async (source) => {
          const mails = await source.mails(limit, request.headers.authorization);
          if (mails) isCaptured = true;
          return mails ?? [];
        });
        const items = found.items
          .toSorted((a, b) => (a.sent_at < b.sent_at ? 1 : -1))
          .slice(0, limit);
        return reply
          .header('cache-control', 'no-store')
          .send({ ...found, items, next_cursor: null, is_captured: isCaptured });
      },
    );
  };
