/** Starts a cluster without controllers, says of each step when it is done, and stops when its standard input ends. */
import { Cluster } from '../cluster';

async function main(): Promise<void> {
  const cluster = await Cluster.start({ controllers: false, onStep: (step) => process.stdout.write(`${step}\n`) });
  process.stdout.write(`ready\n`);
  process.stdin.resume();
  await new Promise((done) => process.stdin.once('end', done));
  await cluster.stop();
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
