import { Command, Option } from 'commander';
import { SUPPORTED_MINORS } from '../settings';
import type { DiffOptions } from './diff';

const EXAMPLES = `
Examples:
  cdk8s-hardened diff main..HEAD              the blueprint in two revisions of Git
  cdk8s-hardened diff main..                  in a revision, and as it is in the folder
  cdk8s-hardened diff old/ dist/              what two runs of synth have written, with the files for hosts
  cdk8s-hardened diff live.yaml dist/         any manifests, such as those of kubectl get -o yaml

Exit code: 0 nothing is looser, 1 something is, 2 something could not be read (or the arguments are wrong).`;

/** `diff`: what became looser, and what stricter. */
export function diffCommand(): Command {
  return new Command('diff')
    .summary('say what became looser and what stricter')
    .description('Compares two postures: findings, waivers, ways through the network, permissions, objects and files for hosts.')
    .argument('<before>', 'a folder or file of manifests, or A..B for two revisions of the blueprint')
    .argument('[after]', 'a folder or file of manifests')
    .addOption(new Option('-f, --format <format>', 'how the result is written').choices(['text', 'json', 'markdown']).default('text'))
    .option('-b, --blueprint <file>', 'the blueprint: which one to compare, or whose settings judge the manifests')
    .addOption(new Option('--minor <minor>', 'Kubernetes minor to judge manifests by').choices(SUPPORTED_MINORS))
    .exitOverride()
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string | undefined, options: DiffOptions) => {
      const { diff } = await import('./diff.js');
      process.exitCode = await diff(before, after, options);
    });
}
