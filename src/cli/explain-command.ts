import { Command } from 'commander';

const EXAMPLES = `
Examples:
  cdk8s-hardened explain                      every control in a line
  cdk8s-hardened explain POD-02               a control of the guide
  cdk8s-hardened explain run-as-non-root      a rule, as findings name it
  cdk8s-hardened explain C-0013 CKV_K8S_20    what a finding of another tool is about

Exit code: 0 explained, 2 there is nothing of that name.`;

/** `explain`: what the catalogue knows of controls, rules and checks of other tools. */
export function explainCommand(): Command {
  return new Command('explain')
    .summary('say what a control, a rule or a check of another tool is about')
    .description('Says what a control asks and why, what sets it, how to mend and how to waive a finding, and what other tools call it.')
    .argument('[topics...]', 'ids of controls, rules, or checks of other tools')
    .option('--json', 'as JSON')
    .exitOverride()
    .addHelpText('after', EXAMPLES)
    .action(async (topics: string[], options: { readonly json?: boolean }) => {
      const { explainTopics } = await import('./explain.js');
      explainTopics(topics, options.json ?? false);
    });
}
