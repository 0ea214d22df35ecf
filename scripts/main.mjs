/** Runs `src/main.ts`: what `cdk8s synth` and `npm run synth` do in the checkout. Same as `node --import tsx src/main.ts`. */
import { bundled } from './bundled.cjs';

bundled('src/main.ts');
