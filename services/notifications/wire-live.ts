import type { Principal } from '#shared/http/principal.ts';
import {
  wantMessages,
  watchMessages,
  type PassingMessage,
} from '#shared/messaging/watched-messages.ts';
import type { Platform, RunningModule } from '#shared/platform/module.ts';
import { liveRoute } from './api/live.route.ts';
import { liveTicketRoute } from './api/live-ticket.route.ts';
import { liveLimits } from './api/live-socket.ts';
import { createLiveHub } from './application/live-hub.ts';
import type { LiveLog } from './application/live.ts';
import { mayHear } from './domain/live-topics.ts';
import { createPgLiveLog, liveNudge } from './infrastructure/pg-live-log.ts';
import { createPgTickets } from './infrastructure/pg-tickets.ts';

/** A nudge may be lost: whoever listens looks by itself too. */
const lookEveryMs = 2_000;
const pruneEveryMs = 60_000;

const operatorTopic = 'operator';

const toPassing = ({ id, type, time, ...data }: PassingMessage) => ({
  messageId: id,
  event: type,
  data,
  happenedAt: time,
});

type Live = Readonly<{ log: LiveLog }> &
  Required<Pick<RunningModule, 'routes' | 'rootRoutes' | 'work'>>;

/** Live updates over WebSocket (experience.md 2.9). */
export const wireLive = (platform: Platform): Live => {
  const { config, clock, log: logger, fanOut, endedSessions, publicUrl } = platform;
  const onTrouble = (error: unknown): void =>
    logger.warn({ err: error }, 'live updates: those who listen wait');
  const log = createPgLiveLog(platform);
  const hub = createLiveHub(log, onTrouble, (topic) => {
    if (topic === operatorTopic) wantMessages(fanOut);
  });
  const tickets = createPgTickets<Principal>(platform);
  const now = (): number => clock().getTime();
  /** The same host, whatever its name; the address that we are told to have; who was allowed. */
  const isOurOrigin = (origin: string, host: string): boolean =>
    config.corsOrigins.includes(origin) ||
    (URL.canParse(origin) &&
      (new URL(origin).host === host || origin === new URL(publicUrl()).origin));
  watchMessages(fanOut, (messages) => {
    for (const message of messages) hub.pass(operatorTopic, toPassing(message));
  });
  const watch = (): void => {
    if (hub.isHeard(operatorTopic)) wantMessages(fanOut);
  };
  fanOut.subscribe(liveNudge, hub.nudge, hub.nudge);
  return {
    log,
    routes: [liveTicketRoute(tickets)],
    rootRoutes: [
      liveRoute({
        hub,
        tickets,
        endedSessions,
        mayHear,
        isOurOrigin,
        now,
        limits: liveLimits,
        onTrouble,
      }),
    ],
    work() {
      const looking = setInterval(() => {
        hub.nudge();
        watch();
      }, lookEveryMs);
      const pruning = setInterval(() => void log.prune().catch(onTrouble), pruneEveryMs);
      return async () => {
        clearInterval(looking);
        clearInterval(pruning);
      };
    },
  };
};
