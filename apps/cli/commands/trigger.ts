import { CliError, printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ApiProblem, askJson, requireRunning } from '../running.ts';
import type { Trigger } from '../triggers.ts';

type Simulated = Readonly<{
  id: string;
  number: string;
  title: string;
  total: string;
  currency: string;
  correlation_id: string;
}>;

const path = '/api/v1/admin/simulated-orders';
/** The purchase waits for its stock and its payment. */
const doneWithinMs = 60_000;

/** Makes something happen as a customer would, by the same code as the button of the back office. */
const trigger: Command<Output & Readonly<{ event: Trigger }>> = async (cli, { output }) => {
  const running = await requireRunning(cli);
  const signal = AbortSignal.timeout(doneWithinMs);
  const made = await askJson<Simulated>(running, path, { method: 'POST', body: {}, signal }).catch(
    (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 404)
        throw new CliError(cli.text.triggerElsewhere, exitCodes.failed);
      throw error;
    },
  );
  if (output === 'json') printJson(cli, made);
  else {
    cli.print(cli.text.orderSimulated(made));
    cli.print(`  ${cli.text.orderSimulatedFollow(made.correlation_id)}`);
  }
  return exitCodes.ok;
};

export default trigger;
