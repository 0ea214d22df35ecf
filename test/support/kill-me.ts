/** Writes hundreds of files again and again, until somebody ends the process. */
import { writeFiles } from '../../src/manifest';

const [root] = process.argv.slice(2);
for (let round = 0; ; round += 1) {
  const files = new Map(
    Array.from({ length: 200 }, (_, index) => [`manifests/${(index + round) % 400}.yaml`, `${'x'.repeat(50_000)}\nend\n`]),
  );
  writeFiles({ root: root as string, files, index: '.index.json' });
  process.stdout.write('.');
}
