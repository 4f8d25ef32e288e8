import { printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';

const version: Command<Output> = async (cli, { output }) => {
  const { node } = process.versions;
  const platform = `${process.platform}-${process.arch}`;
  if (output === 'json') printJson(cli, { version: cli.version, node, platform });
  else cli.print(`Plaza ${cli.version} · Node ${node} · ${platform}`);
  return exitCodes.ok;
};

export default version;
