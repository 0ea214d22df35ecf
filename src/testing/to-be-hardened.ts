import type {} from 'expect'; // brings the interface that is added to below
import { formatAssessment } from '../assessment';
import { assessReceived } from './assess-received';
import type { ToBeHardenedOptions } from './assess-received';

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters must be those of the interface that this adds to
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** No rule finds anything in the app, chart, object or list of manifests, save what is waived. */
    toBeHardened(options?: ToBeHardenedOptions): R;
  }
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the way to add to the global `expect` of @types/jest
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- as above
    interface Matchers<R, T> {
      /** No rule finds anything in the app, chart, object or list of manifests, save what is waived. */
      toBeHardened(options?: ToBeHardenedOptions): R;
    }
  }
}

/** What a matcher answers to jest. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matcher: passes when no rule finds anything; the message has every finding. */
export function toBeHardened(received: unknown, options?: ToBeHardenedOptions): MatcherResult {
  const assessment = assessReceived(received, options);
  return {
    pass: assessment.passed,
    message: () =>
      assessment.passed
        ? `expected findings, but no rule finds anything: ${formatAssessment(assessment)}`
        : `expected no findings:\n\n${formatAssessment(assessment)}`,
  };
}

/** `expect` of jest, where its tests run: the global one, or what `@jest/globals` gives where globals are switched off. */
function runningExpect(): { extend(matchers: object): void } {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only jest knows this module, and only while it runs tests
    return (require('@jest/globals') as { expect: { extend(matchers: object): void } }).expect;
  } catch (error) {
    throw new Error('cdk8s-hardened/testing adds a matcher to jest, so it can only be imported where jest runs a test.', { cause: error });
  }
}

runningExpect().extend({ toBeHardened });
