import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

type Choice = Readonly<{ word: string; text: string }>;
/** A command by the English words that lead to it, each behind a blank; the program itself is ''. */
type Place = Readonly<{
  at: string;
  /** Words that lead on, with those that mean the same. */
  steps: readonly Readonly<{ words: readonly string[]; to: string }>[];
  choices: readonly Choice[];
}>;

const optionsOf = (command: Command): readonly Choice[] =>
  command.options.flatMap(({ long, description }) =>
    typeof long === 'string' ? [{ word: long, text: description }] : [],
  );

const argumentsOf = (command: Command): readonly Choice[] =>
  command.registeredArguments.flatMap(({ argChoices, description }) =>
    (argChoices ?? []).map((word) => ({ word, text: description })),
  );

const placesOf = (command: Command, at: string): readonly Place[] => {
  const steps = command.commands.map((child) => ({
    words: [child.name(), ...child.aliases()],
    to: `${at} ${child.name()}`,
  }));
  const names = command.commands.flatMap((child) =>
    [child.name(), ...child.aliases()].map((word) => ({ word, text: child.description() })),
  );
  const help = { word: '--help', text: '' };
  const choices = [...names, ...argumentsOf(command), ...optionsOf(command), help];
  return [
    { at, steps, choices },
    ...command.commands.flatMap((child) => placesOf(child, `${at} ${child.name()}`)),
  ];
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A quote is told apart by fish with a backslash alone. */
const quotedForFish = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The words that lead from place to place, as a `case` of a POSIX shell. */
const walk = (places: readonly Place[], pad: string): string =>
  places
    .flatMap(({ at, steps }) =>
      steps.map(
        ({ words, to }) =>
          `${pad}${words.map((word) => quoted(`${at} ${word}`)).join('|')}) at=${quoted(to)} ;;`,
      ),
    )
    .join('\n');

const bash = (places: readonly Place[]): string => `# plaza completion bash
_plaza() {
  local at='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${walk(places, '      ')}
    esac
  done
  local found=''
  case "$at" in
${places.map(({ at, choices }) => `    ${quoted(at)}) found=${quoted(choices.map(({ word }) => word).join(' '))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$found" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _plaza plaza`;

const zsh = (places: readonly Place[]): string => `#compdef plaza
# plaza completion zsh
_plaza() {
  local at='' i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
${walk(places, '      ')}
    esac
  done
  case "$at" in
${places
  .map(
    ({ at, choices }) =>
      `    ${quoted(at)}) found=(${choices
        .map(({ word, text }) => quoted(`${word}:${text.replaceAll(':', '\\:')}`))
        .join(' ')}) ;;`,
  )
  .join('\n')}
  esac
  _describe plaza found || _files
}
if [[ "$funcstack[1]" = _plaza ]]; then _plaza "$@"; else compdef _plaza plaza; fi`;

const fish = (places: readonly Place[]): string => `# plaza completion fish
function __plaza_at
  set -l at ''
  for word in (commandline -opc)[2..]
    switch "$at $word"
${places
  .flatMap(({ at, steps }) =>
    steps.map(
      ({ words, to }) =>
        `      case ${words.map((word) => quotedForFish(`${at} ${word}`)).join(' ')}
        set at ${quotedForFish(to)}`,
    ),
  )
  .join('\n')}
    end
  end
  test "$at" = "$argv[1]"
end
${places
  .flatMap(({ at, choices }) =>
    choices.map(
      ({ word, text }) =>
        `complete -c plaza -n ${quotedForFish(`__plaza_at "${at}"`)} -a ${quotedForFish(word)} -d ${quotedForFish(text)}`,
    ),
  )
  .join('\n')}`;

/** A script that lets a shell complete the words of this command line, Spanish ones too. */
export const completionScript = (program: Command, shell: Shell): string => {
  const places = placesOf(program, '');
  return { bash, zsh, fish }[shell](places);
};
