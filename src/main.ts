import { parseArgs } from 'node:util';
import { loadBlueprint } from './blueprint';
import { HardenedApp } from './synth';
import { HardenedBaseline } from './stacks';
import { isDay } from './waivers';

/** What `cdk8s synth` and `npm run synth` run: `blueprint.yaml` of this folder to `dist/`. */
function main(): void {
  const { values } = parseArgs({ options: { 'as-of': { type: 'string' }, blueprint: { type: 'string' } } });
  const asOf = values['as-of'];
  if (asOf !== undefined && !isDay(asOf)) {
    throw new Error(`--as-of ${asOf} is not a day. Write YYYY-MM-DD: the day that the expiry of waivers is judged against.`);
  }
  const { settings, baseline, warnings } = loadBlueprint(values.blueprint);
  warnings.forEach((warning) => process.stderr.write(`! ${warning}\n`));
  const app = new HardenedApp({ settings: { ...settings, asOf } });
  new HardenedBaseline(app, 'baseline', baseline);
  app.synth();
}

try {
  main();
} catch (error) {
  // The message says what to do; a stack of ours does not.
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
