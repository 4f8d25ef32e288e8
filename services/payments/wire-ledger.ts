import { keepChained } from '#shared/platform/keep-chained.ts';
import type { Platform, RunningModule } from '#shared/platform/module.ts';
import { ledgerProofRoutes } from './api/ledger-proof.route.ts';
import { ledgerRoutes } from './api/ledger.route.ts';
import { reconciliationRoutes } from './api/reconciliation.route.ts';
import {
  createReconcile,
  createResolveDifference,
  createScheduledReconcile,
} from './application/commands/reconcile.ts';
import { timelineRoute } from './api/timeline.route.ts';
import { createExportLedger } from './application/queries/export-ledger.ts';
import { createReadTimeline } from './application/queries/read-timeline.ts';
import type { ProviderStatement } from './application/reconciliation.ts';
import { createVerifyLedger } from './application/queries/verify-ledger.ts';
import { createExportSigner } from './infrastructure/export-signer.ts';
import { createLedgerRules } from './infrastructure/oracles.ts';
import { createPgLedgerChain } from './infrastructure/pg-ledger-chain.ts';
import { createPgLedger } from './infrastructure/pg-ledger.ts';
import { createPgPendingEntries } from './infrastructure/pg-pending-entries.ts';
import { createPgReconciliation } from './infrastructure/pg-reconciliation.ts';
import { createPgTimelines } from './infrastructure/pg-timelines.ts';
import { createSandboxStatement } from './infrastructure/sandbox-statement.ts';

/** The books: what reads, proves and exports them, and what keeps their chain. */
export const wireLedger = (
  platform: Platform,
  statements: readonly ProviderStatement[],
): Pick<RunningModule, 'routes' | 'deadlines'> & Required<Pick<RunningModule, 'work'>> => {
  const { pool, clock, newId, log, config, deriveKeys, publicUrl } = platform;
  const chain = createPgLedgerChain(pool);
  const pending = createPgPendingEntries(platform);
  const signer = createExportSigner(deriveKeys);
  const reconciliation = createPgReconciliation(platform);
  const reconcile = createReconcile({
    statements: [createSandboxStatement(pool), ...statements],
    reconciliation,
    clock,
  });
  return {
    routes: [
      ledgerRoutes(createPgLedger(pool), clock),
      ledgerProofRoutes({
        verifyLedger: createVerifyLedger({ chain, rules: createLedgerRules(pool) }),
        exportLedger: createExportLedger({ chain, signer, clock, issuer: publicUrl }),
        exportKey: () => signer.publicKey(),
      }),
      timelineRoute(createReadTimeline(createPgTimelines(pool)), {
        clock,
        language: config.language,
        shopCurrency: config.currency,
      }),
      reconciliationRoutes(
        {
          reconciliation,
          reconcile,
          resolveDifference: createResolveDifference({ reconciliation, newId }),
        },
        clock,
      ),
    ],
    deadlines: [
      {
        kind: 'reconcile',
        handle: createScheduledReconcile({ reconcile, reconciliation, clock }),
      },
      { kind: 'expire-pending-entry', handle: async ({ key }) => void (await pending.expire(key)) },
    ],
    work: () => keepChained(() => chain.seal(), log, 'ledger not chained yet'),
  };
};
