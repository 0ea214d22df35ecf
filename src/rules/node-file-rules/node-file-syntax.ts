import { nodeFileRule } from './node-file-rule';

/** What is called YAML or JSON can be read as that. */
export const nodeFileSyntax = nodeFileRule({
  id: 'node-file-syntax',
  controls: ['UPG-04'],
  message: 'cannot be read by the program that it is for',
  remedy: 'correct it: YAML with every key once, at most 1 MiB',
  problems: ({ unreadable }) =>
    unreadable.map(({ file, why }) => ({
      file,
      field: '',
      message: `cannot be read by the program that it is for: ${why.split('\n', 1)[0]}`,
      control: 'UPG-04',
      remedy: 'correct it: YAML with every key once, at most 1 MiB',
    })),
});
