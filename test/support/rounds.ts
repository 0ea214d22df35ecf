/**
 * How often a test with random input goes round. `npm test` has to end soon and takes some of them; `TEST_ROUNDS=1` takes all, as CI does
 * once more for these tests alone (`npm run test:deep`), and a larger number so many times as many.
 */
export function rounds(all: number): number {
  return Math.max(2, Math.ceil(all * SHARE));
}

const SHARE = Number(process.env['TEST_ROUNDS'] ?? 0.1);
