import { controlOf } from '../../../src/controls';

/**
 * A test that shows on a running cluster what a control promises: the run ends with a table of them (`ProofReporter`).
 *
 * @throws if there is no such control
 */
export function proof(control: string | readonly string[], title: string, show: () => Promise<void>, limitMs?: number): void {
  const controls = [control].flat().map((id) => controlOf(id).id);
  it(`${controls.join(', ')}: ${title}`, show, limitMs);
}

/** The controls and the title of a test that `proof` has made; undefined for any other. */
export function proofOf(title: string): { readonly controls: readonly string[]; readonly title: string } | undefined {
  const match = /^([A-Z]+-\d\d(?:, [A-Z]+-\d\d)*): (.*)$/s.exec(title);
  return match ? { controls: (match[1] as string).split(', '), title: match[2] as string } : undefined;
}
