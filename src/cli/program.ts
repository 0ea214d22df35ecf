import { Command } from 'commander';
import { checkCommand } from './check-command';
import { diffCommand } from './diff-command';
import { explainCommand } from './explain-command';
import { packageVersion } from './package-version';

/** The command line: what it is called, and its commands. Each loads what it needs only when it runs. */
export function program(): Command {
  return new Command('cdk8s-hardened')
    .description('The NSA/CISA Kubernetes Hardening Guidance, as checks of manifests.')
    .version(packageVersion())
    .exitOverride()
    .addCommand(checkCommand())
    .addCommand(diffCommand())
    .addCommand(explainCommand());
}
