import { Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '../controls';
import { SUPPORTED_MINORS } from '../settings';
import { isDay } from '../waivers';
import type { CheckOptions } from './check';
import { REPORT_FORMATS } from './report-formats';

const EXAMPLES = `
Examples:
  cdk8s-hardened check k8s/                                   every .yaml, .yml and .json below a folder
  helm template shop ./chart | cdk8s-hardened check -         what Helm renders
  kubectl get deploy -A -o yaml | cdk8s-hardened check -      what runs
  cdk8s-hardened check k8s/ --format sarif -o check.sarif     for code scanning
  cdk8s-hardened check k8s/ --blueprint blueprint.yaml        with the platform's settings and waivers

Exit code: 0 nothing fails, 1 findings, 2 something could not be read (or the arguments are wrong).`;

/** `check`: the rules over manifests from anywhere. */
export function checkCommand(): Command {
  return new Command('check')
    .summary('judge manifests of any origin')
    .description('Judges the manifests in files, in folders and on the standard input (-) by every rule.')
    .argument('<paths...>', "files, folders, or '-' for the standard input")
    .addOption(new Option('-f, --format <format>', 'how the result is written').choices(Object.keys(REPORT_FORMATS)).default('text'))
    .addOption(new Option('--fail-on <severity>', 'severity from which a finding fails the check').choices(SEVERITIES).default('low'))
    .option('-b, --blueprint <file>', 'take settings and waivers from this blueprint')
    .addOption(new Option('--minor <minor>', 'Kubernetes minor to judge by').choices(SUPPORTED_MINORS))
    .option('--as-of <day>', 'day that the expiry of waivers is judged against, YYYY-MM-DD (default: today)', day)
    .option('-o, --output <file>', 'write the result to this file')
    .exitOverride()
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('./check.js');
      process.exitCode = await check(paths, options);
    });
}

function day(text: string): string {
  if (!isDay(text)) {
    throw new InvalidArgumentError('Write a day as YYYY-MM-DD.');
  }
  return text;
}
